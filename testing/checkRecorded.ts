import { identity } from "../provider/rule/identity";
import { ruleText } from "../provider/rule/rule";
import type { GivenOut } from "./givenOut";
import type { Recorded, RecordedRule } from "./recordedRule";

/** The rules, sorted by name, where all are good; else throws what is wrong with each. */
export function checkRecorded(recorded: readonly Recorded[], test: GivenOut): RecordedRule[] {
  const good = recorded.flatMap((one) => ("rule" in one ? [one] : []));
  const reasons = [
    ...recorded.flatMap(({ name, ...one }) =>
      "failures" in one
        ? one.failures.map(({ property, reason }) => [name, `${property} ${reason}`.trim()])
        : [],
    ),
    ...sameReasons(good, test),
  ];
  if (reasons.length > 0) {
    const lines = reasons.map(([name, reason]) => `  EgressRule "${name}": ${reason}`);
    throw new Error(`recordEgress: the program's rules are not as they should be:\n${lines.join("\n")}`);
  }
  return good.map(({ rule }) => rule).sort((one, other) => (one.name < other.name ? -1 : 1));
}

type Good = Extract<Recorded, { rule: RecordedRule }>;

/** Two ids that are the same may stand for two groups, where a mock gives one id to all: then nothing is said. */
function sameReasons(good: readonly Good[], test: GivenOut): [name: string, reason: string][] {
  const first = new Map<string, string>();
  return good.flatMap(({ name, rule, region }): [string, string][] => {
    if (test.isShared(rule.securityGroupId) || test.isShared(rule.destination.value)) return [];
    const key = `${region} ${identity(rule)}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, name);
    if (other === undefined) return [];
    const text = `${ruleText(rule)} on ${rule.securityGroupId}`;
    return [
      [
        name,
        `${text} is the same rule as "${other}", and a group keeps a rule only once: remove one of the two`,
      ],
    ];
  });
}
