import type { Because } from "../../program/model";
import type { Kind } from "./finding";

export const exclusiveAppears: Kind = {
  id: "exclusive-appears",
  severity: "medium",
  why: "An exclusive set revokes every rule of its group that it does not declare, whoever created it.",
  find: ({ before, after }) =>
    before.exclusive.length > 0 || after.exclusive.length === 0
      ? []
      : [
          {
            message: `${names(after.exclusive)} becomes exclusive: it revokes rules of the group that it does not declare.`,
            because: after.exclusive,
          },
        ],
};

export const exclusiveGoes: Kind = {
  id: "exclusive-goes",
  severity: "medium",
  why: "Without an exclusive set, rules added by hand stay, and no review reports them.",
  find: ({ before, after, change }) =>
    change.after === undefined || after.exclusive.length > 0 || before.exclusive.length === 0
      ? []
      : [
          {
            message: `${names(before.exclusive)} is no longer exclusive: rules that others add to the group stay.`,
            because: before.exclusive,
          },
        ],
};

function names(sets: readonly Because[]): string {
  return sets.map(({ resource }) => `"${resource}"`).join(", ");
}
