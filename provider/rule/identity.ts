import { type Rule, type RuleInputs, ruleOf } from "./rule";

/**
 * What identifies a rule: its group, protocol, ports and destination, in canonical form. Description and tags do not
 * count.
 */
export function identity(rule: Rule): string {
  return `${rule.securityGroupId} ${identityInGroup(rule)}`;
}

/** The identity within one group, known even before the group is. */
export function identityInGroup({ protocol, ports, destination }: Omit<Rule, "securityGroupId">): string {
  const range = ports === undefined ? "" : `${ports.from}-${ports.to}`;
  return [protocol, range, destination?.kind ?? "", destination?.value ?? ""].join(" ");
}

/** The identity of a rule from its canonical arguments. */
export function identityOf({ inputs }: { readonly inputs: RuleInputs }): string {
  return identity(ruleOf(inputs));
}
