/** A rule of the benchmark, independent of any tool. */
export interface BenchRule {
  /** Its name in a program, which stays when the rest changes. */
  readonly name: string;
  readonly groupId: string;
  readonly port: number;
  readonly cidr: string;
  readonly description: string;
}

/** This many rules, group by group, as a program declares them. */
export function benchRules(count: number, groupIds: readonly string[]): BenchRule[] {
  const inGroup = Math.ceil(count / groupIds.length);
  return Array.from({ length: count }, (_, place) =>
    benchRule(place, place % inGroup, groupIds[Math.floor(place / inGroup)] ?? ""),
  );
}

/** The same program after a day's work on a group's rules: ten of each kind of edit. */
export function editedRules(rules: readonly BenchRule[]): BenchRule[] {
  const [{ groupId } = { groupId: "" }] = rules;
  const added = Array.from({ length: 10 }, (_, place) => rules.length + place);
  return [
    ...rules.slice(10, 20).map((rule) => ({ ...rule, port: 8443 })),
    ...rules.slice(20, 30).map((rule) => ({ ...rule, description: `${rule.description}, edited` })),
    ...rules.slice(30),
    ...added.map((place) => benchRule(place, place, groupId)),
  ];
}

function benchRule(place: number, inGroup: number, groupId: string): BenchRule {
  return {
    name: `rule-${place}`,
    groupId,
    port: 443,
    cidr: `10.${inGroup}.0.0/16`,
    description: `service ${place}`,
  };
}

/** By group, as a program with a set for each group declares them. */
export function byGroup(rules: readonly BenchRule[]): ReadonlyMap<string, readonly BenchRule[]> {
  const groups = new Map<string, BenchRule[]>();
  for (const rule of rules) groups.set(rule.groupId, [...(groups.get(rule.groupId) ?? []), rule]);
  return groups;
}
