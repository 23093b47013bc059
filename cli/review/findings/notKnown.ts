import type { Kind } from "./finding";

export const notKnown: Kind = {
  id: "not-known",
  severity: "medium",
  why: "What is not known before the update may open anything: look at where the value comes from.",
  find: ({ unknown, change }) => [
    ...unknown.map(({ what, because }) => ({
      message: `Not known of "${because.resource}": ${what}.`,
      because: [because],
    })),
    ...(change.before === undefined && change.after === undefined
      ? [{ message: "Nothing is known of the group's rules.", because: [] }]
      : []),
  ],
};
