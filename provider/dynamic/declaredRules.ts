import * as pulumi from "@pulumi/pulumi";
import { DESTINATION_PROPERTY } from "../rule/destination";
import { identityInGroup } from "../rule/identity";
import { publishedWeight } from "../rule/prefixListWeight";
import { type Family, familiesOf } from "../rule/quota";
import { type Reach, reachOf } from "../rule/reach";
import type { UnknownRecord } from "../rule/record";
import { type Rule, type RuleInputs, ruleOf, ruleText } from "../rule/rule";
import { isUnknown } from "../rule/unknown";
import type { WarningKind } from "../rule/warnings";
import { laterName } from "./laterName";

/** A resource as a program declares it, before anything of it is known to the engine. */
export interface DeclaredResource {
  /** What it is, for a person: `EgressRule "to-lan"`. */
  readonly label: string;
  readonly urn: Promise<string>;
  readonly rules: readonly DeclaredRule[];
  /** The group, as given, of which it has to know what others declare. */
  readonly sharedGroup?: unknown;
}

export interface DeclaredRule {
  /** Where in the arguments of its resource the rule is: nothing, or `rules[3].`. */
  readonly at: string;
  /** The arguments as given, but for those that are none of the rule itself: Region and adoption. */
  readonly args: UnknownRecord;
  /** Where `to` specifies its destination: `to`, or `to[2]`. */
  readonly to?: string;
  readonly silence: ReadonlySet<WarningKind>;
}

/** A declared rule among those of its group. */
export interface GroupMember {
  readonly resource: DeclaredResource;
  readonly rule: DeclaredRule;
  readonly text: string;
  readonly reach: Reach | undefined;
}

/** What one run of a program has declared so far of one group. */
export interface DeclaredGroup {
  /** Its id, where that is known. */
  readonly id: string | undefined;
  /** By their identity within the group; the first of each. */
  readonly members: Map<string, GroupMember>;
  /** How many rules they count as, at the least: what only EC2 knows of a prefix list is not in it. */
  readonly weights: Map<Family, number>;
}

/** The groups of each run, by id: one process may run several programs, or one again. */
const runs = new WeakMap<object, Map<string, DeclaredGroup>>();

/** Where a declared rule stands among the others of its group. */
export interface Declaration {
  readonly group: DeclaredGroup;
  readonly member: GroupMember;
  /** The rule that was declared first and is the same, if there is one. */
  readonly first: GroupMember | undefined;
}

/** What a run has declared of a group; one that is still to be made goes by the Output that will tell its id. */
export function declaredGroup(securityGroupId: unknown): DeclaredGroup | undefined {
  const run = pulumi.runtime.getStackResource();
  if (run === undefined) return undefined;
  const groups = runs.get(run) ?? new Map<string, DeclaredGroup>();
  runs.set(run, groups);
  const id = typeof securityGroupId === "string" ? securityGroupId : undefined;
  const name = id ?? laterName(securityGroupId);
  const group = groups.get(name) ?? { id, members: new Map(), weights: new Map() };
  groups.set(name, group);
  return group;
}

/**
 * Enters a rule among those of its group.
 *
 * A destination that is still to be made goes by the Output that will tell it. Undefined where what is not known yet
 * is more than that.
 */
export function declareRule(
  resource: DeclaredResource,
  rule: DeclaredRule,
  inputs: RuleInputs,
): Declaration | undefined {
  const named = withLaterName(rule, ruleOf(inputs));
  const group = named && declaredGroup(rule.args.securityGroupId);
  if (named === undefined || group === undefined) return undefined;

  const member = { resource, rule, text: ruleText(ruleOf(inputs)), reach: reachOfNamed(named, inputs) };
  const key = identityInGroup(named);
  const first = group.members.get(key);
  if (first === undefined) {
    group.members.set(key, member);
    count(group, named, rule);
  }
  return { group, member, first };
}

/** A group or a list is compared by its name; a CIDR, of which only an Output will tell, cannot be. */
function reachOfNamed(named: Rule, inputs: RuleInputs): Reach | undefined {
  const isLaterCidr = isUnknown(inputs.cidrIpv4) || isUnknown(inputs.cidrIpv6);
  return isLaterCidr ? undefined : reachOf(named);
}

function count({ weights }: DeclaredGroup, { destination }: Rule, { args }: DeclaredRule): void {
  if (destination === undefined) return;
  const weight = listWeight(args)?.weight ?? 1;
  for (const family of familiesOf(destination.kind)) weights.set(family, (weights.get(family) ?? 0) + weight);
}

/** The prefix list of AWS that a rule names, and how many rules it counts as. */
export function listWeight({ prefixListName: name }: UnknownRecord) {
  const weight = typeof name === "string" ? publishedWeight(name) : undefined;
  return typeof name !== "string" || weight === undefined ? undefined : { name, weight };
}

function withLaterName({ args }: DeclaredRule, rule: Rule): Rule | undefined {
  const { protocol, ports, destination } = rule;
  if (destination === undefined || isUnknown(protocol) || isUnknown(ports?.from) || isUnknown(ports?.to)) {
    return undefined;
  }
  const later = args[DESTINATION_PROPERTY[destination.kind]] ?? args.prefixListName;
  const value = isUnknown(destination.value) ? laterName(later) : destination.value;
  return { ...rule, destination: { ...destination, value } };
}
