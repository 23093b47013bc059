import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import { identityOf } from "../../rule/identity";
import { EgressError } from "../errors";
import { type FoundRule, foundRule, type Reading } from "../foundRule";
import type { Target } from "../target";
import { joined, sameForAll } from "./joined";
import { describeRules } from "./ruleById";

/** The outbound rules of a group. */
export interface GroupRules {
  readonly rules: readonly FoundRule[];
  readonly byIdentity: ReadonlyMap<string, FoundRule>;
  /** Why others cannot be read. They are not what is looked for, and no reason not to find that. */
  readonly unreadable: readonly EgressError[];
}

/** The outbound rules of a group, as they are after this was asked; those who ask together share one look. */
export function groupRules(target: Target, groupId: string): Promise<GroupRules> {
  return ofGroup(target, { groupId }, {});
}

/** What calls that make rules of a group are called: those whom EC2 refuses look all at once. */
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

/** Those of an answer's rules that can be read. */
export function readable(answered: readonly SecurityGroupRule[], reading: Reading): GroupRules {
  const rules: FoundRule[] = [];
  const unreadable: EgressError[] = [];
  for (const rule of answered) {
    try {
      rules.push(foundRule(rule, reading));
    } catch (error) {
      if (!(error instanceof EgressError)) throw error;
      unreadable.push(error);
    }
  }
  return { rules, byIdentity: new Map(rules.map((rule) => [identityOf(rule), rule])), unreadable };
}
