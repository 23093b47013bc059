import * as pulumi from "@pulumi/pulumi";
import * as egress from "../../index";
import { mockPulumi, rulesOfSet } from "./mocks";

// Values that TypeScript rejects, but JavaScript and `any` pass.

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
  [
    "no arguments",
    AllowOut,
    () => undefined,
    'AllowOut "x": "ports" is required: use Port with plain numbers',
  ],
  [
    "no destination",
    AllowOut,
    () => ({ ports }),
    'AllowOut "x": "to" is required: specify CIDRs, security groups',
  ],
  [
    "a record of destinations",
    AllowOut,
    () => ({ to: { lan: "10.0.0.0/16" }, ports }),
    '"to" is {"lan":"10.0.0.0/16"}: specify CIDRs, security groups, prefix lists, or Peer values',
  ],
  [
    "a resource that is no destination",
    AllowOut,
    () => ({ to: ["10.0.0.0/16", new egress.EgressRule("lan", Object({}))], ports }),
    '"to[1]" is EgressRule "lan": specify CIDRs, security groups',
  ],
  [
    "an empty list, beside what a component adds",
    AllowEcrPullOut,
    () => ({ to: [] }),
    '"to" is empty: specify a',
  ],
  [
    "no destination, beside what a component adds",
    AllowEcrPullOut,
    () => ({}),
    'AllowEcrPullOut "x": "to" is required: specify CIDRs',
  ],
  [
    "a number for a CIDR",
    AllowOut,
    () => ({ to: [5], ports }),
    '"to[0]" is 5: specify CIDRs, security groups',
  ],
  [
    "an empty destination",
    AllowOut,
    () => ({ to: [null], ports }),
    '"to[0]" is required: specify CIDRs, security groups',
  ],
  [
    "a destination that a terminal would act on",
    AllowOut,
    () => ({ securityGroup, to: [{ "\u001b[31m": 1 }], ports }),
    '"to[0]" is {"\\u001b[31m":1}: specify',
  ],
  [
    "a list in a list in a list",
    AllowOut,
    () => ({ to: [[to]], ports }),
    '"to[0][0]" is ["10.0.0.0/16"]: specify',
  ],
  ["a number for a port", AllowOut, () => ({ to, ports: 443 }), '"ports" is 443: use Port with'],
  ["no port", AllowOut, () => ({ to, ports: [] }), '"ports" is []: use Port with'],
  [
    "a port of another form",
    AllowOut,
    () => ({ to, ports: [ports, { port: 80 }] }),
    '"ports" is {"port":80}: use',
  ],
  [
    "a name that no variant has",
    AllowKafkaOut,
    () => ({ to, variant: "toString" }),
    'specify one of "tls", "plain", ',
  ],
  [
    "no description",
    AllowAllOut,
    () => ({ to, description: "" }),
    '"description" is "": specify why the group needs',
  ],
  [
    "a description of spaces",
    AllowAllOut,
    () => ({ to, description: " " }),
    '"description" is " ": specify why the group',
  ],
  [
    "a warning that there is not",
    AllowOut,
    () => ({ to, ports, silence: ["smpt"] }),
    '"silence" contains "smpt", which is not a warning',
  ],
  [
    "what is no argument",
    AllowOut,
    () => ({ to, ports, cidrIpv4: to[0] }),
    'AllowOut "x": unknown argument "cidrIpv4": use "to"',
  ],
  [
    "what is no argument, several times",
    AllowOut,
    () => ({ to, colour: "red", securityGroupId: securityGroup, fromPort: 1, size: 5 }),
    'unknown argument "securityGroupId": use "securityGroup"; unknown argument "fromPort": use "ports"; unknown arguments "colour", "size": valid arguments are securityGroup, to, description, tags, region, adopt, silence, ports',
  ],
  [
    "the ports of what has its own",
    AllowHttpsOut,
    () => ({ to, ports }),
    'AllowHttpsOut "x": unknown argument "ports": valid arguments are securityGroup, to, description, tags, region, adopt, silence, variant',
  ],
  [
    "the destination of what has its own",
    AllowS3Out,
    () => ({ to }),
    'AllowS3Out "x": unknown argument "to": valid arguments are securityGroup, description, tags, region, adopt, silence',
  ],
  [
    "a reason where there is to be a description",
    AllowAllOut,
    () => ({ to, reason: "updates", description: "updates" }),
    'AllowAllOut "x": unknown argument "reason": use "description"',
  ],
  [
    "arguments of a set, and a name that is misspelt",
    EgressPolicy,
    () => ({ allow: [], securityGroupId: securityGroup, rules: [], exclusve: false }),
    'EgressPolicy "x": unknown argument "securityGroupId": use "securityGroup"; unknown argument "rules": use "allow"; unknown argument "exclusve": valid arguments are securityGroup, allow, exclusive, strangers, onDestroy, adopt, tags, region',
  ],
  [
    "no intents",
    EgressPolicy,
    () => undefined,
    'EgressPolicy "x": "allow" is required: specify a list of intents',
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
    '"allow[0]" is a function: specify a list',
  ],
])("%s", (_, component, args, words) => {
  const given: unknown = args();
  const all = given === undefined ? given : { securityGroup, ...Object(given) };
  const construct = () => Reflect.construct(component, ["x", all]);
  expect(construct).toThrow(pulumi.RunError);
  expect(construct).toThrow(words);
});

test.each<[intent: string, given: readonly unknown[], words: string]>([
  ["ecrPull", [[]], 'allow.ecrPull: "to" is empty: specify a destination'],
  ["everything", ["::/0"], 'allow.everything: "description" is required: specify why'],
  ["kafka", ["::/0", { variant: "nope" }], 'allow.kafka: "variant" is "nope": specify one of "tls"'],
  ["traffic", [443, "::/0", {}], 'allow.traffic: "ports" is 443: use Port with'],
  [
    "https",
    ["::/0", { desc: "updates" }],
    'allow.https: unknown argument "desc": valid arguments are description, silence',
  ],
  ["s3", [{ reason: "updates" }], 'allow.https: unknown argument "reason": use "description"'],
  ["traffic", [ports, "::/0", { tags: {} }], 'allow.traffic: unknown argument "tags"'],
  ["everything", ["::/0", { reason: "updates" }], 'allow.everything: unknown argument "reason": use'],
])("the intent %s", (intent, given, words) => {
  expect(() => Reflect.apply(Reflect.get(egress.allow, intent), undefined, given)).toThrow(words);
});

test("an Output that resolves to no text is refused by check, and breaks nothing before", async () => {
  const registered = await mockPulumi();
  const args = { securityGroup, to: [pulumi.output(5)], ports };
  const component: egress.AllowOut = Reflect.construct(AllowOut, ["x", args]);
  expect(await rulesOfSet(component, registered)).toMatchObject([{ to: [5] }]);
});
