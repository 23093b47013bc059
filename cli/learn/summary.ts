import { printable } from "../../provider/rule/printable";
import type { Learned } from "./learned";
import { counted, portText, spanText } from "./words";

const MOST_UNCLEAR = 5;

/** What users should know before they use a policy. It goes to standard error. */
export function summaryOf(learned: Learned, read: readonly string[]): string {
  const { policy, unclear, holdout, unused, cannotKnow } = learned;
  const opened = policy.rules.filter(({ opens }) => opens > 0n);
  const opens = opened.reduce((sum, rule) => sum + rule.opens, 0n);
  const lines = [
    `${counted(policy.rules.length, "rule")} for the traffic from ${learned.group}, ${spanText(learned)}.`,
    ...read.map((line) => `  ${line}`),
    ...(opened.length === 0
      ? []
      : [
          `Merging opens ${counted(opens, "address", "addresses")} without traffic, by ${counted(opened.length, "rule")}: see their comments.`,
        ]),
    ...(unclear.length === 0
      ? []
      : [
          `Not allowed, because the logs do not show who initiated it: ${counted(unclear.length, "destination")}.`,
        ]),
    ...unclear
      .slice(0, MOST_UNCLEAR)
      .map(({ protocol, port, peer, why }) => `  ${portText(protocol, port)} to ${peer}: ${why}`),
    ...(unclear.length > MOST_UNCLEAR
      ? [`  and ${unclear.length - MOST_UNCLEAR} more: --report lists them`]
      : []),
    ...(unused === undefined
      ? []
      : [
          `Never used: ${counted(unused.filter(({ unknown }) => unknown === undefined).length, "rule")} of --rules.`,
        ]),
    ...(holdout === undefined
      ? []
      : [
          `The policy would have rejected traffic of the held-out time to ${counted(holdout.cut.rules.length, "destination")}.`,
        ]),
    "Limits of the logs:",
    ...cannotKnow.map((line) => `  ${line}`),
  ];
  return `${lines.map(printable).join("\n")}\n`;
}
