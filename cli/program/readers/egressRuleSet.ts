import { isRecord, type UnknownRecord } from "../../../provider/rule/record";
import { argsOfKey } from "../../../provider/rule/ruleKey";
import { hasGroupToItself, revokesStrangers } from "../../../provider/rule/strangers";
import { isUnknown, UNKNOWN } from "../../../provider/rule/unknown";
import type { Given, Reader, SaidDestination, SaidRule } from "../reader";
import { known } from "../secret";
import { ALL_TO_IPV4 } from "../wholeInternet";
import { ruleOf } from "./egressRule";

/** `EgressRuleSet` of this package. Its check has stored the rules in a record, by identity. */
export const egressRuleSet: Reader = {
  type: "pulumi-nodejs:dynamic/aws-egress:EgressRuleSet",
  isGroup: false,
  read: ({ inputs }) => {
    const { rules, onDestroy } = inputs;
    const group = { name: "securityGroupId", value: inputs.securityGroupId };
    // An unknown value may become true, and then the set revokes all other rules.
    const said = { exclusive: known(inputs.exclusive), strangers: known(inputs.strangers) };
    return {
      rules: isRecord(known(rules)) && isRecord(rules) ? rulesIn(rules, group) : [notKnown(group, rules)],
      ...(revokesStrangers(said) && { exclusive: group }),
      ...(hasGroupToItself(said) &&
        onDestroy === "restoreDefault" && { onDelete: [{ ...ALL_TO_IPV4, group, description: RESTORED }] }),
    };
  },
};

const RESTORED = 'restored by onDestroy: "restoreDefault"';

function rulesIn(rules: UnknownRecord, group: Given): SaidRule[] {
  return Object.entries(rules).map(([key, rule]) => {
    const args = argsOfKey(key);
    // An unknown rule has a text instead of a key, or a key that may still change.
    if (args === undefined || isUnknown(known(rule))) return laterRule(key, group);
    return { ...ruleOf(args), group, description: isRecord(rule) ? rule.description : undefined };
  });
}

/**
 * A rule that is known only in part: `tcp 5432 to a destination not yet known`.
 *
 * If all unknowns of the set's rules come from one group, the destination is that group, because no other output of a
 * group is a destination.
 */
function laterRule(key: string, group: Given): SaidRule {
  const [, traffic] = /^(.+) to a destination not yet known$/.exec(key) ?? [];
  const args = traffic === undefined ? undefined : argsOfKey(`${traffic} to ${ANY_GROUP}`);
  const called = { name: "rules", text: key };
  if (args === undefined) return { ...notKnown(group, UNKNOWN), called };
  const destinations: SaidDestination[] = [{ kind: "securityGroup", is: { name: "rules", value: UNKNOWN } }];
  return { ...ruleOf(args), group, destinations, called };
}

/** Replaces the unknown group in a key, so that the rest of the key can be parsed. */
const ANY_GROUP = "sg-00000000";

/** One or more rules about which only the group is known. */
function notKnown(group: Given, value: unknown): SaidRule {
  return {
    group,
    protocol: { name: "rules", value: isUnknown(known(value)) ? value : UNKNOWN },
    destinations: [],
  };
}
