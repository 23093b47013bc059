import { type Kind, listed, together } from "./finding";

export const liveTraffic: Kind = {
  id: "live-traffic",
  severity: "low",
  why: "New connections fail at once; those that EC2 tracks go on until they end, so that a fault may show late.",
  find: ({ closes, change }) =>
    closes.length === 0 || change.after === undefined
      ? []
      : [
          {
            message: `May cut traffic: ${listed(closes.map(({ text }) => text))} ${closes.length === 1 ? "closes" : "close"}.`,
            because: together(...closes.map(({ because }) => because)),
          },
        ],
};
