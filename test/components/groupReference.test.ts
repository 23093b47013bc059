import * as pulumi from "@pulumi/pulumi";
import {
  AllowHttpsOut,
  allow,
  type Destination,
  EgressPolicy,
  EgressRule,
  EgressRuleSet,
  type GroupReference,
  Peer,
} from "../../index";
import { mockPulumi, type Registered, resolved, rulesOfSet } from "./mocks";

const WEB = "sg-0123456789abcdef0";
const TCP = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

let registered: Registered[];

beforeEach(async () => {
  registered = await mockPulumi();
});

/** A resource of a type, without its package. */
class Typed extends pulumi.CustomResource {
  constructor(type: string, name: string, outputs: { readonly [name: string]: unknown } = {}) {
    super(type, name, outputs);
  }
}

/** A component that stands for a group, or for none: only its author knows. */
class Component extends pulumi.ComponentResource {
  readonly id = pulumi.output(WEB);
  constructor(type: string) {
    super(type, "own");
  }
}

const vpc = () => new Typed("aws:ec2/vpc:Vpc", "main");
const list = () => new Typed("aws:ec2/managedPrefixList:ManagedPrefixList", "offices", { maxEntries: 5 });
const rule = () => new EgressRule("ssh", { ...TCP, securityGroupId: WEB, cidrIpv4: "10.0.0.0/8" });

/** Passes a value past the types, as JavaScript and `any` do. */
const untyped = <Part>(value: unknown) => value as Part;

const IS_NONE = "specify a group, its id, or an Output of it";

test.each<[what: string, other: () => pulumi.Resource, called: string]>([
  ["a VPC", vpc, 'aws.ec2.Vpc "main"'],
  ["a prefix list", list, 'aws.ec2.ManagedPrefixList "offices"'],
  ["a subnet of aws-native", () => new Typed("aws-native:ec2:Subnet", "a"), 'aws-native.ec2.Subnet "a"'],
  ["a rule", rule, 'EgressRule "ssh"'],
])("%s is no group, neither as a rule's own nor as its destination", (_, make, called) => {
  const other = untyped<GroupReference>(make());
  const refused = (where: string, property: string) =>
    new pulumi.RunError(`${where}: ${property}: ${called} is not a security group: ${IS_NONE}`);
  const to = { cidrIpv4: "10.0.0.0/8" };
  expect(() => new EgressRule("x", { ...TCP, ...to, securityGroupId: other })).toThrow(
    refused('EgressRule "x"', "securityGroupId"),
  );
  const leading = { ...TCP, referencedSecurityGroupId: other };
  expect(() => new EgressRule("x", { ...leading, securityGroupId: WEB })).toThrow(
    refused('EgressRule "x"', "referencedSecurityGroupId"),
  );
  expect(() => new EgressRuleSet("x", { securityGroupId: other, rules: [] })).toThrow(
    refused('EgressRuleSet "x"', "securityGroupId"),
  );
  const rules = [{ ...TCP, ...to }, leading];
  expect(() => new EgressRuleSet("x", { securityGroupId: WEB, rules })).toThrow(
    refused('EgressRuleSet "x"', "rules[1].referencedSecurityGroupId"),
  );
  expect(() => new AllowHttpsOut("x", { securityGroup: other, to: ["10.0.0.0/8"] })).toThrow(
    refused('AllowHttpsOut "x"', "securityGroup"),
  );
  expect(() => new EgressPolicy("x", { securityGroup: other, allow: [] })).toThrow(
    refused('EgressPolicy "x"', "securityGroup"),
  );
});

test("a value that is no group is no destination either: in a list, alone, in a policy, or in another account", () => {
  const other = untyped<GroupReference>(vpc());
  const refused = (place: string) =>
    `"${place}" is aws.ec2.Vpc "main": specify CIDRs, security groups, prefix lists, or Peer values`;
  const web = (to: readonly Destination[]) => () => new AllowHttpsOut("x", { securityGroup: WEB, to });
  expect(web([WEB, other])).toThrow(refused("to[1]"));
  expect(web([Peer.securityGroup(other, { ownerId: "123456789012" })])).toThrow(refused("to[0]"));
  expect(() => new AllowHttpsOut("x", { securityGroup: WEB, to: other })).toThrow(refused("to"));
  expect(() => new EgressPolicy("x", { securityGroup: WEB, allow: [allow.https(other)] })).toThrow(
    refused("to"),
  );
});

test.each<[what: string, group: () => GroupReference]>([
  ["a group of @pulumi/aws", () => new Typed("aws:ec2/securityGroup:SecurityGroup", "own")],
  ["the default group of a VPC", () => new Typed("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "own")],
  ["a group of aws-native", () => new Typed("aws-native:ec2:SecurityGroup", "own")],
  ["a resource of a package that is not known here", () => new Typed("acme:net:Firewall", "own")],
  ["a component, whatever it calls itself", () => new Component("aws:acme:Network")],
  ["what has an id", () => ({ id: WEB })],
])("%s counts as a group everywhere", async (_, make) => {
  const group = make();
  const policy = new EgressPolicy("x", { securityGroup: group, allow: [allow.https(group)] });
  await resolved(policy.ruleIds);
  const { inputs } = registered.find(({ type }) => type.endsWith(":EgressRuleSet")) ?? {};
  const id = group instanceof Typed ? "own-id" : WEB;
  expect(inputs).toMatchObject({ securityGroupId: id, rules: [{ referencedSecurityGroupId: id }] });
});

test.each<[what: string, list: () => Destination, id: string]>([
  ["a resource", () => untyped<Destination>(list()), "offices-id"],
  ["what a data source tells", () => ({ id: "pl-0123456789abcdef0", maxEntries: 5 }), "pl-0123456789abcdef0"],
  ["what has the id of one", () => ({ id: "pl-0123456789abcdef0" }), "pl-0123456789abcdef0"],
])("a prefix list stays a prefix list among destinations: %s", async (_, make, prefixListId) => {
  const to = make();
  const policy = new EgressPolicy("x", { securityGroup: WEB, allow: [allow.https([to, to])] });
  expect(await rulesOfSet(policy, registered)).toEqual([{ ...TCP, prefixListId, description: "HTTPS" }]);
});
