import { type LearnOptions, learn } from "../../../cli/learn/learn";
import type { Learned } from "../../../cli/learn/learned";
import { destinationText, portText } from "../../../cli/learn/words";
import { GROUPS } from "./logs/network";

/** Learns from `logs.txt` in a folder. */
export function learnIn(path: (name: string) => string, more: Partial<LearnOptions> = {}): Promise<Learned> {
  return learn({
    flowLogs: [path("logs.txt")],
    interfaces: path("eni.json"),
    group: GROUPS.web,
    widest: "/24",
    maxRules: "60",
    ...more,
  });
}

/** The rules of a policy, as lines. */
export function rulesOf({ policy }: Pick<Learned, "policy">): string[] {
  return policy.rules
    .map(({ protocol, port, to }) => `${portText(protocol, port)} to ${destinationText(to)}`)
    .sort();
}
