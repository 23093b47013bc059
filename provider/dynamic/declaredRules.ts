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

/** A resource as a program declares it, before its registration. */
export interface DeclaredResource {
  /** Its name for a person: `EgressRule "to-lan"`. */
  readonly label: string;
  readonly urn: Promise<string>;
  readonly rules: readonly DeclaredRule[];
  /** The group, as given, if the resource must know what others declare on it. */
  readonly sharedGroup?: unknown;
}

export interface DeclaredRule {
  /** The path of the rule in its resource's arguments: empty, or `rules[3].`. */
  readonly at: string;
  /** The arguments as given, without those that are not part of the rule: Region and adoption. */
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

/** What one run of a program has declared on one group so far. */
export interface DeclaredGroup {
  /** Its id, if known. */
  readonly id: string | undefined;
  /** The first rule of each identity within the group. */
  readonly members: Map<string, GroupMember>;
  /** The least that the rules count as: excludes what only EC2 knows about a prefix list. */
  readonly weights: Map<Family, number>;
}

/** The groups of each run, by id: one process may run several programs, or one program again. */
const runs = new WeakMap<object, Map<string, DeclaredGroup>>();

/** How a declared rule relates to the others of its group. */
export interface Declaration {
  readonly group: DeclaredGroup;
  readonly member: GroupMember;
  /** The earlier declaration of the same rule, if there is one. */
  readonly first: GroupMember | undefined;
}

/** What a run has declared on a group; an unknown group is identified by its Output. */
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
 * Adds a rule to those of its group.
 *
 * An unknown destination is identified by its Output. Undefined if anything else is unknown.
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

/** An unknown group or list can be compared by its name; an unknown CIDR cannot. */
function reachOfNamed(named: Rule, inputs: RuleInputs): Reach | undefined {
  const isLaterCidr = isUnknown(inputs.cidrIpv4) || isUnknown(inputs.cidrIpv6);
  return isLaterCidr ? undefined : reachOf(named);
}

function count({ weights }: DeclaredGroup, { destination }: Rule, { args }: DeclaredRule): void {
  if (destination === undefined) return;
  const weight = listWeight(args)?.weight ?? 1;
  for (const family of familiesOf(destination.kind)) weights.set(family, (weights.get(family) ?? 0) + weight);
}

/** The AWS-managed prefix list that a rule names, and how many rules it counts as. */
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
