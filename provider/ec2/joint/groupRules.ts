import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import { identityOf } from "../../rule/identity";
import { type FoundRule, readRule, type UnreadableRule } from "../foundRule";
import type { Target } from "../target";
import { joined, sameForAll } from "./joined";
import { describeRules } from "./ruleById";

/** The outbound rules of a group. */
export interface GroupRules {
  readonly rules: readonly FoundRule[];
  readonly byIdentity: ReadonlyMap<string, FoundRule>;
  /** Kept apart, so that an unreadable rule does not prevent finding another. */
  readonly unreadable: readonly UnreadableRule[];
}

/** The outbound rules of a group, read after this call; simultaneous callers share one look-up. */
export function groupRules(target: Target, groupId: string): Promise<GroupRules> {
  return ofGroup(target, { groupId }, {});
}

/** The kind of calls that create rules of a group: if EC2 refuses them, their look-ups share one call. */
export const authorizing = (groupId: string) => `authorize ${groupId}`;

const ofGroup = joined<{ readonly groupId: string }, object, GroupRules>(
  ({ groupId }) => ({ kind: "group", after: authorizing(groupId) }),
  ({ target, common: { groupId }, members, take }) =>
    sameForAll(members, async () => {
      const filter = { Name: "group-id", Values: [groupId] };
      const all = await take(() => describeRules(target, filter));
      const found = readable(
        all.filter(({ IsEgress }) => IsEgress),
        target,
      );
      return () => found;
    }),
);

/** The readable rules of an answer. */
export function readable(answered: readonly SecurityGroupRule[], target: Target): GroupRules {
  const rules: FoundRule[] = [];
  const unreadable: UnreadableRule[] = [];
  for (const one of answered) {
    const rule = readRule(one, target);
    if ("error" in rule) unreadable.push(rule);
    else rules.push(rule);
  }
  return { rules, byIdentity: new Map(rules.map((rule) => [identityOf(rule), rule])), unreadable };
}
