import { isDeepStrictEqual } from "node:util";
import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import type { StateResource } from "../test/engine/stack";
import type { Tags } from "./rules";
import { type ExpectedRule, expectedRules, OWNER_TAG, PROJECT, STACK, type World } from "./world";

/** What exists after a step. */
export interface Found {
  /** The outbound rules of each group. */
  readonly rules: ReadonlyMap<string, readonly SecurityGroupRule[]>;
  /** The program's resources in the engine's state. */
  readonly state: readonly StateResource[];
}

/** The claim on the program's rules, from any run. */
const CLAIM = new RegExp(`^${PROJECT}/${STACK}@[0-9a-z]{8}$`);

/** Every difference of EC2 or the state from the model; empty if there is none. */
export function differences(world: World, { rules, state }: Found): string[] {
  const expected = expectedRules(world);
  const inEc2 = [...rules].flatMap(([group, ofGroup]) => ofGroup.map((rule) => readRule(group, rule)));
  const twice = inEc2.filter(({ key }, place) => inEc2.findIndex((one) => one.key === key) !== place);
  return [
    ...twice.map(({ id, key }) => `${key} is there twice, the second time as ${id}`),
    ...inEc2
      .filter(({ key }) => !expected.some((one) => one.key === key))
      .map((rule) => `${rule.key} is there and should not be: ${JSON.stringify(rule)}`),
    ...expected.flatMap((rule) =>
      differencesOf(
        rule,
        inEc2.find(({ key }) => key === rule.key),
        state,
      ),
    ),
    ...differencesOfState(world, expected, state),
  ];
}

/** The id of each rule in EC2, by its identity. */
export function idsByKey({ rules }: Found): Map<string, string> {
  return new Map(
    [...rules].flatMap(([group, ofGroup]) =>
      ofGroup.map((rule) => readRule(group, rule)).map(({ key, id }) => [key, id] as const),
    ),
  );
}

export interface ReadRule {
  readonly group: string;
  readonly key: string;
  readonly id: string;
  readonly description: string | undefined;
  readonly tags: Tags;
  readonly claim: string | undefined;
}

/** A rule from EC2, in the model's terms. */
export function readRule(group: string, rule: SecurityGroupRule): ReadRule {
  const tags = Object.fromEntries((rule.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
  const { [OWNER_TAG]: claim, ...others } = tags;
  return {
    group,
    key: keyOfFound(group, rule),
    id: rule.SecurityGroupRuleId ?? "",
    description: rule.Description || undefined,
    tags: others,
    claim,
  };
}

const WITH_PORTS = ["tcp", "udp", "icmp", "icmpv6"];

function keyOfFound(group: string, rule: SecurityGroupRule): string {
  const { IpProtocol: ipProtocol = "", FromPort: fromPort, ToPort: toPort } = rule;
  return JSON.stringify({
    securityGroupId: group,
    ipProtocol,
    ...(WITH_PORTS.includes(ipProtocol) && { fromPort, toPort }),
    ...(rule.CidrIpv4 !== undefined && { cidrIpv4: rule.CidrIpv4 }),
    ...(rule.CidrIpv6 !== undefined && { cidrIpv6: rule.CidrIpv6 }),
    ...(rule.PrefixListId !== undefined && { prefixListId: rule.PrefixListId }),
    ...(rule.ReferencedGroupInfo && { referencedSecurityGroupId: rule.ReferencedGroupInfo.GroupId }),
  });
}

function differencesOf(
  expected: ExpectedRule,
  found: ReadRule | undefined,
  state: readonly StateResource[],
): string[] {
  const { key, whose } = expected;
  if (found === undefined) return [`${key} is missing: ${JSON.stringify(expected)}`];
  const differs = (what: string, wanted: unknown, is: unknown) =>
    isDeepStrictEqual(wanted, is)
      ? []
      : [`${key} (${found.id}): ${what} is ${JSON.stringify(is)} and should be ${JSON.stringify(wanted)}`];
  const besides = [
    ...differs("the description", expected.description, found.description),
    ...differs("the tags", sorted(expected.tags), sorted(found.tags)),
  ];
  if (!("resource" in whose)) {
    const id = whose.id ?? found.id;
    return [
      ...besides,
      ...differs("the id", id, found.id),
      ...differs("the claim", whose.claim, found.claim),
    ];
  }
  const isClaimed = CLAIM.test(found.claim ?? "");
  const knownClaim = resourceIn(state, whose.resource)?.outputs?.claim;
  return [
    ...besides,
    ...(isClaimed ? [] : [`${key} (${found.id}): its claim ${found.claim} is none of ${PROJECT}/${STACK}`]),
    ...differs(`the claim that the state of ${whose.resource} knows`, found.claim, knownClaim),
    ...(idsInState(state, whose.resource).includes(found.id)
      ? []
      : [`${key} (${found.id}) is not in the state of ${whose.resource}`]),
  ];
}

function differencesOfState(
  world: World,
  expected: readonly ExpectedRule[],
  state: readonly StateResource[],
): string[] {
  const names = state.map(nameOf).sort();
  const wanted = [...world.resources.keys()].sort();
  const ofNames = isDeepStrictEqual(names, wanted)
    ? []
    : [`the state has ${names.join(" ")} and should have ${wanted.join(" ")}`];
  const tooMany = wanted.flatMap((name) => {
    const held = idsInState(state, name).length;
    const declared = expected.filter(({ whose }) => "resource" in whose && whose.resource === name).length;
    return held === declared ? [] : [`the state of ${name} has ${held} rules and should have ${declared}`];
  });
  return [...ofNames, ...tooMany];
}

/** The ids of a resource's rules in state. */
export function idsInState(state: readonly StateResource[], name: string): string[] {
  const resource = resourceIn(state, name);
  if (resource === undefined) return [];
  const { ruleIds } = resource.outputs ?? {};
  if (typeof ruleIds === "object" && ruleIds !== null) return Object.values(ruleIds).map(String);
  return resource.id === undefined ? [] : [resource.id];
}

function resourceIn(state: readonly StateResource[], name: string): StateResource | undefined {
  return state.find((one) => nameOf(one) === name);
}

function nameOf({ urn }: StateResource): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

function sorted(tags: Tags): [string, string][] {
  return Object.entries(tags).sort(([one], [other]) => (one < other ? -1 : 1));
}
