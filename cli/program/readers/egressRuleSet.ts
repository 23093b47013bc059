import { isRecord, type UnknownRecord } from "../../../provider/rule/record";
import { argsOfKey } from "../../../provider/rule/ruleKey";
import { hasGroupToItself, revokesStrangers } from "../../../provider/rule/strangers";
import { isUnknown, UNKNOWN } from "../../../provider/rule/unknown";
import type { Given, Reader, SaidDestination, SaidRule } from "../reader";
import { known } from "../secret";
import { ALL_TO_IPV4 } from "../wholeInternet";
import { ruleOf } from "./egressRule";

/** `EgressRuleSet` of this package: its check has brought its rules into a record, by what they are. */
export const egressRuleSet: Reader = {
  type: "pulumi-nodejs:dynamic/aws-egress:EgressRuleSet",
  isGroup: false,
  read: ({ inputs }) => {
    const { rules, onDestroy } = inputs;
    const group = { name: "securityGroupId", value: inputs.securityGroupId };
    // What is not known may turn out to be true: then what else leaves the group goes.
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
    // A rule that is not yet known goes by words that are no key, or by a key that may yet change.
    if (args === undefined || isUnknown(known(rule))) return laterRule(key, group);
    return { ...ruleOf(args), group, description: isRecord(rule) ? rule.description : undefined };
  });
}

/**
 * A rule that goes by what is known of it: `tcp 5432 to a destination not yet known`.
 *
 * Where all that is not known of the set's rules comes from one group, it leads to that group: a group's resource has
 * nothing else that is a destination.
 */
function laterRule(key: string, group: Given): SaidRule {
  const [, traffic] = /^(.+) to a destination not yet known$/.exec(key) ?? [];
  const args = traffic === undefined ? undefined : argsOfKey(`${traffic} to ${ANY_GROUP}`);
  const called = { name: "rules", text: key };
  if (args === undefined) return { ...notKnown(group, UNKNOWN), called };
  const destinations: SaidDestination[] = [{ kind: "securityGroup", is: { name: "rules", value: UNKNOWN } }];
  return { ...ruleOf(args), group, destinations, called };
}

/** Stands in a key for the group that is not known, so that the rest of the key can be read. */
const ANY_GROUP = "sg-00000000";

/** A rule, or some, of which nothing is known but that they are on this group. */
function notKnown(group: Given, value: unknown): SaidRule {
  return {
    group,
    protocol: { name: "rules", value: isUnknown(known(value)) ? value : UNKNOWN },
    destinations: [],
  };
}
