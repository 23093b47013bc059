import { AuthorizeSecurityGroupEgressCommand, CreateTagsCommand, type EC2Client } from "@aws-sdk/client-ec2";
import { type Found, idsByKey } from "../../soak/compare";
import { permission } from "../../soak/permission";
import type { SoakRule } from "../../soak/rules";
import { defaultRule } from "../../soak/settled";
import { DEFAULT_TAGS, OWNER_TAG, type World, withIds } from "../../soak/world";
import type { Endpoint } from "../ec2/endpoint";
import { idOf } from "../ec2/rules";
import { known } from "../known";

/** The claims on the program's rules, from two runs. */
export const CLAIM = "soak/test@7f3k2m9q";
export const LATER_CLAIM = "soak/test@0a1b2c3d";

/** A world with a single rule to port 22, a set of two, and a new group's initial rule; and a matching EC2. */
export interface MadeWorld {
  readonly ec2: EC2Client;
  readonly group: string;
  readonly world: World;
  /** The single rule, and its id. */
  readonly rule: SoakRule;
  readonly id: string;
  /** The actual EC2, with a state that matches its start. */
  readonly look: () => Promise<Found>;
  /** Creates the single rule again. */
  readonly makeAgain: () => Promise<string>;
  readonly setTag: (key: string, value: string) => Promise<unknown>;
}

export async function makeWorld(endpoint: Endpoint): Promise<MadeWorld> {
  const ec2 = endpoint.client();
  const [group = ""] = await endpoint.makeGroups(1);
  const [one, two, three] = [22, 80, 443].map((port) => ruleTo(group, port));
  const rule = known(one);
  const id = await make(ec2, rule);
  const ofSet = [known(two), known(three)];
  for (const its of ofSet) await make(ec2, its);

  const look = () => found(endpoint, group);
  const resources: World["resources"] = new Map([
    ["single-1", { kind: "single", group, rules: [rule] }],
    ["set-1", { kind: "set", group, rules: ofSet, exclusive: false, restoreDefault: false }],
  ]);
  const world = withIds({ resources, strangers: [defaultRule(group)] }, idsByKey(await look()));
  const setTag = (Key: string, Value: string) =>
    ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key, Value }] }));
  return { ec2, group, world, rule, id, look, makeAgain: () => make(ec2, rule), setTag };
}

function ruleTo(group: string, port: number): SoakRule {
  const destination = { kind: "cidrIpv4", network: 0x0a000000n, length: 16 } as const;
  return {
    model: { group, protocol: 6, ports: [port, port], destination },
    description: `to ${port}`,
    tags: { Port: `${port}` },
  };
}

async function make(ec2: EC2Client, one: SoakRule): Promise<string> {
  const tags = { ...DEFAULT_TAGS, ...one.tags, [OWNER_TAG]: CLAIM };
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const { SecurityGroupRules = [] } = await ec2.send(
    new AuthorizeSecurityGroupEgressCommand({
      GroupId: one.model.group,
      IpPermissions: [permission(one)],
      TagSpecifications: [{ ResourceType: "security-group-rule", Tags }],
    }),
  );
  return idOf(known(SecurityGroupRules[0]));
}

async function found(endpoint: Endpoint, group: string): Promise<Found> {
  const rules = await endpoint.rules(group);
  const of = (port: number) => rules.find(({ FromPort }) => FromPort === port)?.SecurityGroupRuleId ?? "";
  const ruleIds = { http: of(80), https: of(443) };
  return {
    rules: new Map([[group, rules]]),
    state: [
      { urn: urnOf("single-1"), type: "single", id: of(22), outputs: { claim: CLAIM } },
      { urn: urnOf("set-1"), type: "set", id: group, outputs: { ruleIds, claim: CLAIM } },
    ],
  };
}

export function urnOf(name: string): string {
  return `urn:pulumi:test::soak::pulumi-nodejs:dynamic/aws-egress:Any::${name}`;
}
