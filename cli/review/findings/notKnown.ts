import type { Kind } from "./finding";

export const notKnown: Kind = {
  id: "not-known",
  severity: "medium",
  why: "A value that is unknown before the update may open anything: check where it comes from.",
  find: ({ unknown, change }) => [
    ...unknown.map(({ what, because }) => ({
      message: `Unknown rule of "${because.resource}": ${what}.`,
      because: [because],
    })),
    ...(change.before === undefined && change.after === undefined
      ? [{ message: "All rules of the group are unknown.", because: [] }]
      : []),
  ],
};
