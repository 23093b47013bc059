import * as pulumi from "@pulumi/pulumi";
import * as egress from "../../index";
import { Group } from "../group";
import { mockPulumi } from "./mocks";

// What TypeScript would not let through, as JavaScript and `any` do.

const {
  AllowAllOut,
  AllowEcrPullOut,
  AllowHttpsOut,
  AllowKafkaOut,
  AllowOut,
  AllowS3Out,
  EgressPolicy,
  Port,
} = egress;
const securityGroup = "sg-0123456789abcdef0";
const to = ["10.0.0.0/16"];
const ports = Port.tcp(443);

beforeEach(async () => {
  await mockPulumi();
});

test.each<[what: string, component: new (...args: never[]) => object, args: () => unknown, words: string]>([
  ["no arguments", AllowOut, () => undefined, 'AllowOut "x": "to" is missing: give a list of destinations'],
  [
    "an Output for the list",
    AllowOut,
    () => ({ to: pulumi.output(to), ports }),
    '"to" is an Output: give a list',
  ],
  [
    "a resource for the list",
    AllowOut,
    () => ({ to: new Group("database"), ports }),
    '"to" is aws.ec2.SecurityGroup "database": give a list',
  ],
  [
    "one CIDR for the list",
    AllowOut,
    () => ({ to: "10.0.0.0/16", ports }),
    '"to" is "10.0.0.0/16": give a list',
  ],
  ["an empty one, beside what a component adds", AllowEcrPullOut, () => ({ to: {} }), '"to" is empty: name'],
  [
    "no list, beside what a component adds",
    AllowEcrPullOut,
    () => ({}),
    'AllowEcrPullOut "x": "to" is missing',
  ],
  [
    "a number for a CIDR",
    AllowOut,
    () => ({ to: [5], ports }),
    '"to" holds 5 at "0": it takes CIDRs, groups',
  ],
  [
    "a destination that a terminal would act on, in the name of a rule",
    AllowOut,
    () => ({ securityGroup, to: ["\u001b[31m", "pl-1a2b3c4d"], ports, silence: "smtp" }),
    'EgressRule "x-tcp-443-\\u001b[31m": "silence" is no list',
  ],
  ["a list in a list", AllowOut, () => ({ to: { lan: [to] }, ports }), '"to" holds ["10.0.0.0/16"] at "lan"'],
  ["a number for a port", AllowOut, () => ({ to, ports: 443 }), '"ports" is 443: say it with Port'],
  ["no port", AllowOut, () => ({ to, ports: [] }), '"ports" is []: say it with Port'],
  [
    "a port of another form",
    AllowOut,
    () => ({ to, ports: [ports, { port: 80 }] }),
    '"ports" is {"port":80}: say',
  ],
  [
    "a name that no variant has",
    AllowKafkaOut,
    () => ({ to, variant: "toString" }),
    'the service has "tls", "plain", ',
  ],
  [
    "no description",
    AllowAllOut,
    () => ({ to, description: "" }),
    '"description" is "": say why everything may leave',
  ],
  [
    "a description of spaces",
    AllowAllOut,
    () => ({ to, description: " " }),
    '"description" is " ": say why everything may',
  ],
  [
    "a warning that there is not",
    AllowOut,
    () => ({ to, ports, silence: ["smpt"] }),
    '"silence" holds "smpt", which is',
  ],
  [
    "what is no argument",
    AllowOut,
    () => ({ to, ports, cidrIpv4: to[0] }),
    'AllowOut "x": "cidrIpv4" is no argument of this: use "to"',
  ],
  [
    "what is no argument, several times",
    AllowOut,
    () => ({ to, colour: "red", securityGroupId: securityGroup, fromPort: 1, size: 5 }),
    '"securityGroupId" is no argument of this: use "securityGroup"; "fromPort" is no argument of this: use "ports"; "colour", "size" are no arguments of this: it takes securityGroup, to, description, tags, region, adopt, silence, ports',
  ],
  [
    "the ports of what has its own",
    AllowHttpsOut,
    () => ({ to, ports }),
    'AllowHttpsOut "x": "ports" is no argument of this: it takes securityGroup, to, description, tags, region, adopt, silence, variant',
  ],
  [
    "the destination of what has its own",
    AllowS3Out,
    () => ({ to }),
    'AllowS3Out "x": "to" is no argument of this: it takes securityGroup, description, tags, region, adopt, silence',
  ],
  [
    "a reason where there is to be a description",
    AllowAllOut,
    () => ({ to, reason: "updates", description: "updates" }),
    'AllowAllOut "x": "reason" is no argument of this: use "description"',
  ],
  [
    "arguments of a set, and a name that is misspelt",
    EgressPolicy,
    () => ({ allow: [], securityGroupId: securityGroup, rules: [], exclusve: false }),
    'EgressPolicy "x": "securityGroupId" is no argument of this: use "securityGroup"; "rules" is no argument of this: use "allow"; "exclusve" is no argument of this: it takes securityGroup, allow, exclusive, strangers, onDestroy, adopt, tags, region',
  ],
  [
    "no intents",
    EgressPolicy,
    () => undefined,
    'EgressPolicy "x": "allow" is missing: give a list of intents',
  ],
  [
    "one intent",
    EgressPolicy,
    () => ({ allow: egress.allow.https("::/0") }),
    '"allow" is {"to":"::/0","ports"',
  ],
  [
    "an intent not called",
    EgressPolicy,
    () => ({ allow: [egress.allow.https] }),
    '"allow[0]" is a function: give a list',
  ],
])("%s", (_, component, args, words) => {
  const given: unknown = args();
  const all = given === undefined ? given : { securityGroup, ...Object(given) };
  const construct = () => Reflect.construct(component, ["x", all]);
  expect(construct).toThrow(pulumi.RunError);
  expect(construct).toThrow(words);
});

test.each<[intent: string, given: readonly unknown[], words: string]>([
  ["ecrPull", [[]], 'allow.ecrPull: "to" is empty: name a destination'],
  ["everything", ["::/0"], 'allow.everything: "description" is missing: say why'],
  ["kafka", ["::/0", { variant: "nope" }], 'allow.kafka: "variant" is "nope": the service has "tls"'],
  ["traffic", [443, "::/0", {}], 'allow.traffic: "ports" is 443: say it with Port'],
  [
    "https",
    ["::/0", { desc: "updates" }],
    'allow.https: "desc" is no argument of this: it takes description, silence',
  ],
  ["s3", [{ reason: "updates" }], 'allow.https: "reason" is no argument of this: use "description"'],
  ["traffic", [ports, "::/0", { tags: {} }], 'allow.traffic: "tags" is no argument of this'],
  ["everything", ["::/0", { reason: "updates" }], 'allow.everything: "reason" is no argument of this: use'],
])("the intent %s", (intent, given, words) => {
  expect(() => Reflect.apply(Reflect.get(egress.allow, intent), undefined, given)).toThrow(words);
});

test("a bare Output that comes to no text is refused by check, and breaks nothing before", async () => {
  const registered = await mockPulumi();
  const args = { securityGroup, to: [pulumi.output(5)], ports };
  const component: egress.AllowOut = Reflect.construct(AllowOut, ["x", args]);
  await new Promise((resolve) => component.ruleIds.apply(resolve));
  expect(registered.find(({ type }) => type.endsWith(":EgressRule"))?.inputs).toMatchObject({ cidrIpv4: 5 });
});
