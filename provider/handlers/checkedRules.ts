import type { EC2Client } from "@aws-sdk/client-ec2";
import { identity } from "../rule/identity";
import { type RuleInputs, ruleOf, ruleText } from "../rule/rule";
import { isUnknown } from "../rule/unknown";
import { type Family, familiesOf, overQuotaText } from "../rule/weight";

/** A rule as check has found it, with what only EC2 could tell: the weight of its prefix list. */
export interface CheckedRule {
  readonly inputs: RuleInputs;
  readonly weight: number;
}

interface KnownRule {
  readonly identity: string;
  readonly group: string;
  readonly families: readonly Family[];
  readonly weight: number;
  readonly text: string;
}

/** The rules that the resources of this run have been checked with, by URN. */
const checked = new WeakMap<EC2Client, Map<string, readonly KnownRule[]>>();

/**
 * Notes the rules of a resource, and says what is wrong with them beside those of the others, if anything.
 *
 * The program has looked at what it says outright. This is for what only an Output tells: two Outputs that come to
 * one group, or a prefix list that counts as more than one rule.
 */
export function noteChecked(
  client: EC2Client,
  urn: string,
  rules: readonly CheckedRule[],
  quota: number,
): string | undefined {
  const ofClient = checked.get(client) ?? new Map<string, readonly KnownRule[]>();
  checked.set(client, ofClient);
  const own = rules.flatMap(knownRule);
  // A resource is checked again when it is replaced.
  ofClient.set(urn, own);
  return sameText(ofClient, urn, own) ?? quotaText(ofClient, own, quota);
}

function knownRule({ inputs, weight }: CheckedRule): KnownRule[] {
  const rule = ruleOf(inputs);
  const { securityGroupId: group, protocol, ports, destination } = rule;
  const parts = [group, protocol, ports?.from, ports?.to, destination?.value];
  if (destination === undefined || parts.some(isUnknown)) return [];
  const families = familiesOf(destination.kind);
  return [{ identity: identity(rule), group, families, weight, text: ruleText(rule) }];
}

function sameText(
  checked: ReadonlyMap<string, readonly KnownRule[]>,
  urn: string,
  own: readonly KnownRule[],
): string | undefined {
  const mine = new Map(own.map((rule) => [rule.identity, rule]));
  for (const [other, rules] of checked) {
    const same = other === urn ? undefined : rules.find(({ identity }) => mine.has(identity));
    if (same) {
      return `${urn} is the same rule as ${other}, ${same.text} on ${same.group}, and a group keeps a rule only once: remove one of the two`;
    }
  }
  return undefined;
}

function quotaText(
  checked: ReadonlyMap<string, readonly KnownRule[]>,
  own: readonly KnownRule[],
  quota: number,
): string | undefined {
  const all = [...checked.values()].flat();
  for (const group of new Set(own.map((rule) => rule.group))) {
    const weights = new Map<Family, number>();
    for (const rule of all.filter((one) => one.group === group)) {
      for (const family of rule.families) weights.set(family, (weights.get(family) ?? 0) + rule.weight);
    }
    const text = overQuotaText(group, weights, quota);
    if (text !== undefined) return text;
  }
  return undefined;
}
