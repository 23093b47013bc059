import fc from "fast-check";
import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import { format } from "prettier/standalone";
import { intentsOf } from "../../../cli/typescript/intentsOf";
import type { SourceDestination, SourceRule } from "../../../cli/typescript/source";
import { writeProgram } from "../../../cli/typescript/writeProgram";
import type { Port } from "../../../components/port";
import { anyProgram } from "./arbitraries";
import { errorsOf } from "./compiler";

test("has the layout that Prettier gives", async () => {
  await fc.assert(
    fc.asyncProperty(anyProgram, async (program) => {
      const text = writeProgram(program);
      expect(text).toBe(await format(text, { parser: "typescript", plugins: [estree, typescript] }));
    }),
    { numRuns: 200, seed: 7 },
  );
}, 120_000);

const web = "sg-0123456789abcdef0";
const database = "sg-0fedcba9876543210";
const names = new Map([
  [web, "web"],
  [database, "database"],
]);

const tcp = (port: number): Port => ({ protocol: "tcp", fromPort: port, toPort: port });
const cidr = (value: string): SourceDestination => ({ kind: "ipv4", value });

const rules: readonly SourceRule[] = [
  { port: tcp(443), to: cidr("10.0.0.0/16"), description: "package updates" },
  { port: tcp(443), to: cidr("10.2.0.0/16"), description: "package updates" },
  { port: tcp(443), to: cidr("10.3.0.0/16"), description: "HTTPS" },
  { port: tcp(5432), to: { kind: "securityGroup", value: database }, description: "orders" },
  { port: tcp(53), to: cidr("10.0.0.2/32") },
  { port: { protocol: "udp", fromPort: 53, toPort: 53 }, to: cidr("10.0.0.2/32") },
  {
    port: tcp(443),
    to: { kind: "prefixList", value: "pl-63a5400a", listName: "com.amazonaws.us-east-1.s3" },
    description: "Amazon S3",
  },
  { port: { protocol: "icmp", fromPort: 8, toPort: 0 }, to: cidr("10.0.0.0/8"), description: "ping" },
  { port: { protocol: "icmp", fromPort: 11, toPort: -1 }, to: cidr("10.0.0.0/8"), description: "traceroute" },
  {
    port: tcp(9094),
    to: { kind: "securityGroup", value: "sg-0aaaaaaaaaaaaaaa0", ownerId: "123456789012" },
    description: "events",
  },
  { port: tcp(8443), to: cidr("203.0.113.0/24"), description: "payments, by the provider's page" },
];

test("writes a policy with the intents of the catalogue", () => {
  const declaration = { name: "web", group: web, adopt: true, exclusive: true, as: "policy" } as const;
  expect(writeProgram({ names, declarations: [{ ...declaration, intents: intentsOf(rules) }] })).toBe(`\
import { allow, EgressPolicy, Peer, Port } from "pulumi-aws-egress";

const web = "sg-0123456789abcdef0";
const database = "sg-0fedcba9876543210";

new EgressPolicy("web", {
  securityGroup: web,
  adopt: true,
  allow: [
    allow.https("10.3.0.0/16"),
    allow.https(["10.0.0.0/16", "10.2.0.0/16"], {
      description: "package updates",
    }),
    allow.s3(),
    allow.dns("10.0.0.2/32", { description: "" }),
    allow.postgres(database, { description: "orders" }),
    allow.kafka(
      Peer.securityGroup("sg-0aaaaaaaaaaaaaaa0", { ownerId: "123456789012" }),
      { description: "events" },
    ),
    allow.ping("10.0.0.0/8"),
    allow.traffic(Port.icmp("time-exceeded"), "10.0.0.0/8", {
      description: "traceroute",
    }),
    allow.traffic(Port.tcp(8443), "203.0.113.0/24", {
      description: "payments, by the provider's page",
    }),
  ],
});
`);
});

test("writes the components of the catalogue, and groups from the configuration", () => {
  const declaration = { name: "web", group: web, adopt: true, as: "components" } as const;
  const some = rules.filter(({ description = "" }) =>
    ["orders", "payments", "Amazon S3"].includes(description),
  );
  const intents = intentsOf(some.map((rule) => ({ ...rule, tags: { Team: "web" } })));
  expect(writeProgram({ names, fromConfig: true, declarations: [{ ...declaration, intents }] })).toBe(`\
import * as pulumi from "@pulumi/pulumi";
import { AllowPostgresOut, AllowS3Out } from "pulumi-aws-egress";

const config = new pulumi.Config();
const web = config.require("web");
const database = config.require("database");

new AllowS3Out("web-s3", {
  securityGroup: web,
  adopt: true,
  tags: { Team: "web" },
});

new AllowPostgresOut("web-postgres", {
  securityGroup: web,
  to: [database],
  adopt: true,
  description: "orders",
  tags: { Team: "web" },
});
`);
});

test("writes the rules of a set unchanged", () => {
  const declaration = { name: "web", group: web, adopt: true, as: "set" } as const;
  const some = rules.filter(({ description = "" }) => ["events", "ping", "Amazon S3"].includes(description));
  expect(writeProgram({ names: new Map(), declarations: [{ ...declaration, rules: some }] })).toBe(`\
import { EgressRuleSet } from "pulumi-aws-egress";

new EgressRuleSet("web", {
  securityGroupId: "sg-0123456789abcdef0",
  adopt: true,
  rules: [
    {
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      prefixListName: "com.amazonaws.{region}.s3",
      description: "Amazon S3",
    },
    {
      ipProtocol: "icmp",
      icmp: { type: "echo-request", code: 0 },
      cidrIpv4: "10.0.0.0/8",
      description: "ping",
    },
    {
      ipProtocol: "tcp",
      fromPort: 9094,
      toPort: 9094,
      referencedSecurityGroupId: "sg-0aaaaaaaaaaaaaaa0",
      referencedSecurityGroupOwnerId: "123456789012",
      description: "events",
    },
  ],
});
`);
});

test.each([
  ["ends a comment", ["one\u2028new Evil();"], "// one\\u2028new Evil();\n"],
  ["turns the direction of text", ["\u202eone"], "// \\u202eone\n"],
])("writes no comment that %s", (_, comment, text) => {
  expect(writeProgram({ comment, names: new Map(), declarations: [] })).toBe(text);
});

test("compiles in strict mode", () => {
  const programs = fc.sample(anyProgram, { numRuns: 60, seed: 19 });
  expect(errorsOf(programs.map(writeProgram))).toEqual([]);
}, 120_000);
