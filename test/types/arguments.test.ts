import { makeCompiler } from "./compiler";

const compiler = makeCompiler();

const PRELUDE = `
import * as pulumi from "@pulumi/pulumi";
import {
  allow, AllowOut, EgressPolicy, EgressRule, EgressRuleSet, Port,
  type EgressDestination, type EgressRuleOwnArgs, type RuleArgs, type SetRuleArgs,
} from "pulumi-aws-egress";
/** As an aws.ec2.SecurityGroup is; the compiler takes 15 seconds to read that. */
declare const web: pulumi.CustomResource & { vpcId: pulumi.Output<string> };
const tcp = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
`;
const errors = (program: string) => compiler.errors(PRELUDE + program);

test.each([
  ["a CIDR", `new EgressRule("r", { securityGroupId: web.id, ...tcp, cidrIpv4: "10.0.0.0/16" });`],
  [
    "a group as a resource, of another account",
    `new EgressRule("r", { securityGroupId: web, ...tcp, referencedSecurityGroupId: web, referencedSecurityGroupOwnerId: "123456789012" });`,
  ],
  [
    "a prefix list's name",
    `new EgressRule("r", { securityGroupId: web, ...tcp, prefixListName: "offices" });`,
  ],
  [
    "a destination beside others that are undefined",
    `new EgressRule("r", { securityGroupId: web, ...tcp, cidrIpv4: undefined, cidrIpv6: "2001:db8::/32" });`,
  ],
  [
    "Outputs, of which one comes to a destination",
    `declare const to: pulumi.Output<{ cidr?: string; list?: string }>;
     new EgressRule("r", { securityGroupId: web, ...tcp, cidrIpv4: to.cidr, prefixListId: to.list });`,
  ],
  [
    "an argument of platform code that may be undefined",
    `declare const args: { cidr?: pulumi.Input<string | undefined> };
     new EgressRule("r", { securityGroupId: web, ...tcp, cidrIpv4: args.cidr });`,
  ],
  [
    "a destination that platform code passes on",
    `interface TeamArgs extends EgressRuleOwnArgs, RuleArgs { team: string }
     const rule = ({ team, ...args }: TeamArgs & EgressDestination) => new EgressRule(team, args);
     rule({ team: "web", securityGroupId: web, ...tcp, cidrIpv4: "10.0.0.0/16" });`,
  ],
  [
    "a destination that platform code chooses",
    `declare const args: { cidr?: pulumi.Input<string>; list?: pulumi.Input<string> };
     const to = args.cidr ? { cidrIpv4: args.cidr } : { prefixListId: args.list };
     new EgressRule("r", { securityGroupId: web, ...tcp, ...to });`,
  ],
  [
    "a set, and an edit of all of its rules",
    `const rules: SetRuleArgs[] = [{ ...tcp, cidrIpv4: "10.0.0.0/16" }, { ...tcp, prefixListName: "offices" }];
     new EgressRuleSet("s", { securityGroupId: web, rules: rules.map((rule) => ({ ...rule, toPort: 444 })) });`,
  ],
  ["a policy that allows nothing", `new EgressPolicy("p", { securityGroup: web, allow: [] });`],
  [
    "a policy of intents",
    `new EgressPolicy("p", { securityGroup: web, allow: [allow.https("10.0.0.0/16"), allow.s3()] });`,
  ],
  ["a component", `new AllowOut("a", { securityGroup: web, to: ["10.0.0.0/16"], ports: Port.tcp(8443) });`],
])("compiles: %s", (_, program) => {
  expect(errors(program)).toEqual([]);
});

const SECOND = "Type 'string' is not assignable to type 'undefined'.";

test.each([
  [
    "no destination",
    `new EgressRule("r", { securityGroupId: web, ...tcp });`,
    [
      /^Argument of type '.*' is not assignable to parameter of type 'EgressRuleArgs'\.$/,
      /^Type '.*' is not assignable to type 'EgressRuleOwnArgs & RuleArgs & CidrIpv4Destination'\.$/,
      /^Property 'cidrIpv4' is missing in type '.*' but required in type 'CidrIpv4Destination'\.$/,
    ],
  ],
  [
    "two destinations",
    `new EgressRule("r", { securityGroupId: web, ...tcp, cidrIpv4: "10.0.0.0/16", cidrIpv6: "2001:db8::/32" });`,
    [/ to parameter of type 'EgressRuleArgs'\.$/, "Types of property 'cidrIpv6' are incompatible.", SECOND],
  ],
  [
    "a CIDR, and a group that is an Output",
    `new EgressRule("r", { securityGroupId: web, ...tcp, cidrIpv4: "10.0.0.0/16", referencedSecurityGroupId: web.id });`,
    [
      / to parameter of type 'EgressRuleArgs'\.$/,
      "Types of property 'referencedSecurityGroupId' are incompatible.",
      "Type 'Output<string>' is not assignable to type 'undefined'.",
    ],
  ],
  [
    "an account without a group",
    `new EgressRule("r", { securityGroupId: web, ...tcp, cidrIpv4: "10.0.0.0/16", referencedSecurityGroupOwnerId: "1" });`,
    [
      / to parameter of type 'EgressRuleArgs'\.$/,
      "Types of property 'referencedSecurityGroupOwnerId' are incompatible.",
      SECOND,
    ],
  ],
  [
    "a misspelled argument",
    `new EgressRule("r", { securityGroupId: web, ...tcp, cidrIPv4: "10.0.0.0/16" });`,
    [
      /^Object literal .* 'cidrIPv4' does not exist in type 'EgressRuleArgs'\. Did you mean to write 'cidrIpv4'\?$/,
    ],
  ],
  [
    "a rule of a set with two destinations",
    `new EgressRuleSet("s", { securityGroupId: web, rules: [{ ...tcp, cidrIpv4: "10.0.0.0/16", prefixListName: "x" }] });`,
    [
      / to type 'SetRuleArgs \| SetRulesArgs'\.$/,
      "Types of property 'prefixListName' are incompatible.",
      SECOND,
    ],
  ],
  [
    "a rule of a set that names a group of its own",
    `new EgressRuleSet("s", { securityGroupId: web, rules: [{ ...tcp, securityGroupId: web, cidrIpv4: "10.0.0.0/16" }] });`,
    [/'securityGroupId' does not exist in type 'RuleArgs & CidrIpv4Destination'\.$/],
  ],
  [
    "a rule that is only read, without get",
    `new EgressRule("r", { region: "eu-west-1" }, { id: "sgr-0123456789abcdef0" });`,
    [/ to parameter of type 'EgressRuleArgs'\.$/, /./, /^Property 'securityGroupId' is missing/],
  ],
])("the compiler refuses it, with an error that names the argument: %s", (_, program, expected) => {
  const found = errors(program);
  expect(found).toHaveLength(1);
  const lines = (found[0] ?? "").split("\n").map((line) => line.trim());
  expect(lines).toEqual(
    expected.map((line) => (typeof line === "string" ? line : expect.stringMatching(line))),
  );
});

test("an editor completes ipProtocol", () => {
  const names = compiler.completions(
    `${PRELUDE}new EgressRule("r", { securityGroupId: web, ipProtocol: "/*here*/", cidrIpv4: "10.0.0.0/16" });`,
  );
  expect(names).toEqual(expect.arrayContaining(["tcp", "udp", "icmp", "icmpv6", "all", "-1"]));
});
