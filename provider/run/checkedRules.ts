import type { EC2Client } from "@aws-sdk/client-ec2";
import { identity } from "../rule/identity";
import { type RuleInputs, ruleOf, ruleText } from "../rule/rule";
import { sharedGroupText } from "../rule/sharedGroup";
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

/** A resource as check has found it. */
export interface CheckedResource {
  readonly urn: string;
  readonly rules: readonly CheckedRule[];
  /** The group that it wants to itself, if any. */
  readonly exclusiveGroup?: string | undefined;
}

interface KnownResource {
  readonly rules: readonly KnownRule[];
  readonly exclusiveGroup: string | undefined;
}

/** The resources of this run, by URN. */
const checked = new WeakMap<EC2Client, Map<string, KnownResource>>();

/**
 * Notes a resource, and says what is wrong with its rules beside those of the others, if anything.
 *
 * The program has looked at what it says outright. This is for what only an Output tells: two Outputs that come to
 * one group, or a prefix list that counts as more than one rule.
 */
export function noteChecked(
  client: EC2Client,
  { urn, rules, exclusiveGroup }: CheckedResource,
  quota: number,
): string | undefined {
  const ofClient = checked.get(client) ?? new Map<string, KnownResource>();
  checked.set(client, ofClient);
  const own = rules.flatMap(knownRule);
  // A resource is checked again when it is replaced.
  ofClient.set(urn, { rules: own, exclusiveGroup: isUnknown(exclusiveGroup) ? undefined : exclusiveGroup });
  return exclusiveText(ofClient, urn) ?? sameText(ofClient, urn, own) ?? quotaText(ofClient, own, quota);
}

/** Whether a resource of this run has rules of the group, or has it to itself, as far as check has come. */
export function isGroupDeclared(client: EC2Client, groupId: string): boolean {
  const resources = [...(checked.get(client)?.values() ?? [])];
  return resources.some(
    ({ rules, exclusiveGroup }) => exclusiveGroup === groupId || rules.some(({ group }) => group === groupId),
  );
}

function knownRule({ inputs, weight }: CheckedRule): KnownRule[] {
  const rule = ruleOf(inputs);
  const { securityGroupId: group, protocol, ports, destination } = rule;
  const parts = [group, protocol, ports?.from, ports?.to, destination?.value];
  if (destination === undefined || parts.some(isUnknown)) return [];
  const families = familiesOf(destination.kind);
  return [{ identity: identity(rule), group, families, weight, text: ruleText(rule) }];
}

function exclusiveText(checked: ReadonlyMap<string, KnownResource>, urn: string): string | undefined {
  const own = checked.get(urn);
  for (const [other, theirs] of checked) {
    if (other === urn || own === undefined) continue;
    const [group, theirGroup] = [conflict(own, theirs), conflict(theirs, own)];
    if (group !== undefined) return sharedGroupText(urn, other, group);
    if (theirGroup !== undefined) return sharedGroupText(other, urn, theirGroup);
  }
  return undefined;
}

function conflict({ exclusiveGroup }: KnownResource, other: KnownResource): string | undefined {
  if (exclusiveGroup === undefined) return undefined;
  const isShared =
    other.exclusiveGroup === exclusiveGroup || other.rules.some(({ group }) => group === exclusiveGroup);
  return isShared ? exclusiveGroup : undefined;
}

function sameText(
  checked: ReadonlyMap<string, KnownResource>,
  urn: string,
  own: readonly KnownRule[],
): string | undefined {
  const mine = new Map(own.map((rule) => [rule.identity, rule]));
  for (const [other, { rules }] of checked) {
    const same = other === urn ? undefined : rules.find(({ identity }) => mine.has(identity));
    if (same) {
      return `${urn} is the same rule as ${other}, ${same.text} on ${same.group}, and a group keeps a rule only once: remove one of the two`;
    }
  }
  return undefined;
}

function quotaText(
  checked: ReadonlyMap<string, KnownResource>,
  own: readonly KnownRule[],
  quota: number,
): string | undefined {
  const all = [...checked.values()].flatMap(({ rules }) => rules);
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
