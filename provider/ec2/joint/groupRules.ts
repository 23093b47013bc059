import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import { identity } from "../../rule/identity";
import { type RuleInputs, ruleOf } from "../../rule/rule";
import { type FoundRule, foundRule } from "../foundRule";
import type { Target } from "../target";
import { joined, sameForAll } from "./joined";
import { describeRules } from "./ruleById";

/** The outbound rules of a group. */
export interface GroupRules {
  /** How many there are, by family, as a quota counts them: what is no CIDR counts in both. */
  readonly used: { readonly ipv4: number; readonly ipv6: number };
  /** Without those that cannot be read: they are not what is looked for, and no reason not to find that. */
  readonly byIdentity: ReadonlyMap<string, FoundRule>;
}

/** The outbound rules of a group, as they are after this was asked; those who ask together share one look-up. */
export function groupRules(target: Target, groupId: string): Promise<GroupRules> {
  return ofGroup(target, { groupId }, {});
}

const ofGroup = joined<{ readonly groupId: string }, object, GroupRules>(
  ({ target, common: { groupId }, members, take }) =>
    sameForAll(members, async () => {
      const filter = { Name: "group-id", Values: [groupId] };
      const rules = await take(() => describeRules(target, filter));
      const all = rules.filter(({ IsEgress }) => IsEgress);
      const used = {
        ipv4: all.filter(({ CidrIpv6 }) => !CidrIpv6).length,
        ipv6: all.filter(({ CidrIpv4 }) => !CidrIpv4).length,
      };
      const found = { used, byIdentity: byIdentity(all, target.region) };
      return () => found;
    }),
);

/** The rules that can be read, by identity. */
export function byIdentity(
  rules: readonly SecurityGroupRule[],
  region: string,
): ReadonlyMap<string, FoundRule> {
  const found = new Map<string, FoundRule>();
  for (const rule of rules) {
    const readable = readRule(rule, region);
    if (readable) found.set(identityOf(readable), readable);
  }
  return found;
}

function readRule(rule: SecurityGroupRule, region: string): FoundRule | undefined {
  try {
    return foundRule(rule, region);
  } catch {
    return undefined;
  }
}

export function identityOf({ inputs }: { readonly inputs: RuleInputs }): string {
  return identity(ruleOf(inputs));
}
