import { type Kind, listed, together } from "./finding";

export const liveTraffic: Kind = {
  id: "live-traffic",
  severity: "low",
  why: "New connections fail at once, but tracked connections continue until they end, so a failure may appear late.",
  find: ({ closes, isCloseSure, change }) =>
    closes.length === 0 || change.after === undefined
      ? []
      : [
          {
            message: `May cut traffic: ${listed(closes.map(({ text }) => text))} ${closing(closes.length, isCloseSure)}.`,
            because: together(...closes.map(({ because }) => because)),
          },
        ],
};

function closing(count: number, isSure: boolean): string {
  if (!isSure) return "may close, unless an unknown rule allows it";
  return count === 1 ? "closes" : "close";
}
