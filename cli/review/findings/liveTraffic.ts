import { type Kind, listed, together } from "./finding";

export const liveTraffic: Kind = {
  id: "live-traffic",
  severity: "low",
  why: "New connections fail at once; those that EC2 tracks go on until they end, so that a fault may show late.",
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
  if (!isSure) return "may close, unless what is not known lets it out";
  return count === 1 ? "closes" : "close";
}
