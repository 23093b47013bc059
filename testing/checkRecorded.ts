import { sharedGroupText } from "../provider/rule/conflicts";
import { identity } from "../provider/rule/identity";
import { ruleText } from "../provider/rule/rule";
import type { GivenOut } from "./givenOut";
import type { Recorded, RecordedRule } from "./recordedRule";

/** Returns the rules, sorted by name, if all are valid; otherwise throws every problem. */
export function checkRecorded(recorded: readonly Recorded[], test: GivenOut): RecordedRule[] {
  const good = recorded.filter(({ failures }) => failures.length === 0);
  const reasons = [
    ...recorded.flatMap(({ label, failures }) =>
      failures.map(({ property, reason }): Reason => [label, `${property} ${reason}`.trim()]),
    ),
    ...sameReasons(good, test),
    ...sharedReasons(good, test),
  ];
  if (reasons.length > 0) {
    const lines = reasons.map(([label, reason]) => `  ${label}: ${reason}`);
    throw new Error(`recordEgress: the program declares invalid rules:\n${lines.join("\n")}`);
  }
  return good.flatMap(({ rules }) => rules).sort((one, other) => (one.name < other.name ? -1 : 1));
}

type Reason = readonly [label: string, reason: string];

/** Skips ids that a mock gives to more than one group, because equal ids may then stand for different groups. */
function sameReasons(good: readonly Recorded[], test: GivenOut): Reason[] {
  const first = new Map<string, string>();
  return good.flatMap(({ label, rules, region }) =>
    rules.flatMap((rule): Reason[] => {
      if (test.isShared(rule.securityGroupId) || test.isShared(rule.destination.value)) return [];
      const key = `${region} ${identity(rule)}`;
      const other = first.get(key);
      if (other === undefined) first.set(key, rule.name);
      if (other === undefined) return [];
      const text = `${ruleText(rule)} on ${rule.securityGroupId}`;
      return [[label, `${text} is a duplicate of "${other}": remove one of the two`]];
    }),
  );
}

/** Finds other resources with rules on the group of an exclusive set. */
function sharedReasons(good: readonly Recorded[], test: GivenOut): Reason[] {
  return good.flatMap((one) => {
    const { label, exclusiveGroup: group, region } = one;
    if (group === undefined || test.isShared(group)) return [];
    const others = good.filter(
      (other) =>
        other !== one &&
        other.region === region &&
        (other.exclusiveGroup === group || other.rules.some((rule) => rule.securityGroupId === group)),
    );
    return others.map((other): Reason => [other.label, sharedGroupText(label, other.label, group)]);
  });
}
