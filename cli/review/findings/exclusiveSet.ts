import type { Because } from "../../program/model";
import type { Kind } from "./finding";

export const exclusiveAppears: Kind = {
  id: "exclusive-appears",
  severity: "medium",
  why: "An exclusive set takes away every rule of its group that it does not declare, whoever made it.",
  find: ({ before, after }) =>
    before.exclusive.length > 0 || after.exclusive.length === 0
      ? []
      : [
          {
            message: `${names(after.exclusive)} becomes exclusive: rules of the group that it does not declare go.`,
            because: after.exclusive,
          },
        ],
};

export const exclusiveGoes: Kind = {
  id: "exclusive-goes",
  severity: "medium",
  why: "Without an exclusive set a rule that somebody adds by hand stays, and no review shows it.",
  find: ({ before, after, change }) =>
    change.after === undefined || after.exclusive.length > 0 || before.exclusive.length === 0
      ? []
      : [
          {
            message: `${names(before.exclusive)} is exclusive no more: rules that others add to the group stay.`,
            because: before.exclusive,
          },
        ],
};

function names(sets: readonly Because[]): string {
  return sets.map(({ resource }) => `"${resource}"`).join(", ");
}
