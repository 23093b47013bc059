import fc from "fast-check";
import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import { format } from "prettier/standalone";
import { FORMS } from "../../../cli/generate/declarationOf";
import { type GenerateOptions, generate } from "../../../cli/generate/generate";
import { OWNER_TAG } from "../../../provider/ec2/claim";
import { anyPort, anyTags, descriptions, destination } from "../typescript/arbitraries";
import { errorsOf } from "../typescript/compiler";
import { fileOf, GROUP, printedFile, printedRule } from "./files";

const options: GenerateOptions = { as: "policy" };
const of = (rules: string, more: Partial<GenerateOptions> = {}) =>
  generate([], { ...options, ...more, rules });

const open = { IpProtocol: "-1", FromPort: -1, ToPort: -1, CidrIpv4: "0.0.0.0/0" };
const toLan = { CidrIpv4: "10.0.0.0/16" };
const tagged = (Key: string, Value = "owned") => ({ Tags: [{ Key, Value }] });

/** The rule's id in the printed output, for the messages about it. */
const idOf = (rule: object) => ("SecurityGroupRuleId" in rule ? String(rule.SecurityGroupRuleId) : "");

test.each([
  "aws:cloudformation:stack-name",
  "kubernetes.io/cluster/shop",
  "elbv2.k8s.aws/x",
  "karpenter.sh/x",
])("leaves out a rule with the tag %s, and reports that in the program and on the terminal", async (tag) => {
  const kept = printedRule(443, { ...toLan, ...tagged(tag) });
  const { text, notes } = await of(printedFile(kept, printedRule(5432, toLan)), { exclusive: true });
  expect(text).toContain("allow.postgres(");
  expect(text).not.toContain("allow.https");
  expect(notes).toContain(
    `${GROUP}: Left out: tcp 443 to 10.0.0.0/16 (${idOf(kept)}), which a controller manages (tag ${tag}).`,
  );
  expect(text).toContain("// Left out: tcp 443 to 10.0.0.0/16");
  // An exclusive policy would fail at once.
  expect(text).toContain("exclusive: false");
  expect(notes.join("\n")).toContain("Not exclusive, because an exclusive program would revoke");
});

test("keeps the allow-all rule, and explains how to leave it out", async () => {
  const { text, notes } = await of(printedFile(printedRule(0, open), printedRule(443, toLan)));
  expect(text).toContain('allow.traffic(Port.all(), "0.0.0.0/0", { description: "" })');
  expect(text).toContain("// all traffic to 0.0.0.0/0");
  expect(notes).toEqual([expect.stringContaining("--tighten leaves that rule out.")]);
});

test.each([
  [true, "revoked"],
  [undefined, "kept in EC2"],
] as const)("--tighten leaves out the allow-all rule: exclusive %s, it is %s", async (exclusive, becomes) => {
  const both = [printedRule(0, open), printedRule(0, { ...open, CidrIpv4: undefined, CidrIpv6: "::/0" })];
  const { text, notes } = await of(printedFile(...both, printedRule(443, toLan)), {
    tighten: true,
    ...(exclusive && { exclusive }),
  });
  expect(text).not.toContain("Port.all()");
  expect(text).toContain('allow.https("10.0.0.0/16"');
  expect(text.includes("exclusive: false")).toBe(!exclusive);
  expect(notes).toHaveLength(2);
  for (const note of notes)
    expect(note).toContain(`Left out, and so ${becomes}, because it allows all traffic`);
});

test("keeps a rule that another contains, and names both", async () => {
  const outer = printedRule(443, { CidrIpv4: "10.0.0.0/8" });
  const { text, notes } = await of(printedFile(outer, printedRule(443, toLan)));
  expect(text).toContain('allow.https(["10.0.0.0/8", "10.0.0.0/16"], { description: "" })');
  expect(notes).toEqual([
    `${GROUP}: tcp 443 to 10.0.0.0/16 is redundant: already covered by tcp 443 to 10.0.0.0/8 (${idOf(outer)}).`,
  ]);
});

test("reports which stack already holds a rule", async () => {
  const { text, notes } = await of(
    printedFile(printedRule(443, { ...toLan, ...tagged(OWNER_TAG, "shop/prod@7f3k2m9q") })),
  );
  expect(text).toContain("allow.https(");
  expect(text).not.toContain(OWNER_TAG);
  expect(notes).toEqual([
    expect.stringContaining("Claimed by the stack shop/prod, so no other stack can adopt them: tcp 443"),
  ]);
});

test.each([
  ["of which EC2 takes none today", { Description: "été", ...toLan }, 'contains "é"'],
  [
    "with a tag that Pulumi loses",
    { ...toLan, ...tagged("__proto__") },
    'whose tag "__proto__" Pulumi cannot send',
  ],
  [
    "with a tag that Pulumi fails on",
    { ...toLan, ...tagged("toString") },
    'whose tag "toString" Pulumi cannot send',
  ],
  [
    "with as many tags as EC2 keeps",
    { ...toLan, Tags: Array.from({ length: 50 }, (_, place) => ({ Key: `tag-${place}`, Value: "" })) },
    "no room for the stack's claim tag",
  ],
])("leaves out a rule %s", async (_, more, why) => {
  const { text, notes } = await of(printedFile(printedRule(443, more), printedRule(80, toLan)), {
    exclusive: true,
  });
  expect(text).not.toContain("allow.https");
  expect(text).toContain("exclusive: false");
  expect(notes.join("\n")).toContain(why);
});

test("gives a policy the tags that all its rules share, and makes a set where the tags differ", async () => {
  const team = tagged("Team", "web");
  const alike = await of(
    printedFile(printedRule(443, { ...toLan, ...team }), printedRule(80, { ...toLan, ...team })),
  );
  expect(alike.text).toContain('  tags: { Team: "web" },\n  allow: [');
  const mixed = await of(printedFile(printedRule(443, { ...toLan, ...team }), printedRule(80, toLan)));
  expect(mixed.text).toContain("new EgressRuleSet(");
  expect(mixed.text).toContain("// A set, because the rules have different tags");
});

test("keeps the account of a foreign group, and names its own groups", async () => {
  const foreign = { ReferencedGroupInfo: { GroupId: "sg-0fedcba9876543210", UserId: "210987654321" } };
  const own = { ReferencedGroupInfo: { GroupId: GROUP, UserId: "123456789012" } };
  const { text } = await of(printedFile(printedRule(5432, foreign), printedRule(6379, own)));
  expect(text).toContain('Peer.securityGroup("sg-0fedcba9876543210", { ownerId: "210987654321" })');
  expect(text).toContain("allow.redis(securityGroup,");
});

test("skips inbound rules, and writes each group of a file once, in one program", async () => {
  const other = { GroupId: "sg-0fedcba9876543210" };
  const file = printedFile(
    printedRule(22, { ...toLan, IsEgress: false }),
    printedRule(443, { ...toLan, ...other }),
    printedRule(443, toLan),
  );
  const { text } = await of(file);
  expect(text.match(/new EgressPolicy\("sg-\w+"/g)).toEqual([
    `new EgressPolicy("${GROUP}"`,
    'new EgressPolicy("sg-0fedcba9876543210"',
  ]);
  expect(text).not.toContain("allow.ssh");
  const { text: one } = await generate([GROUP], { ...options, rules: file });
  expect(one.match(/new EgressPolicy/g)).toHaveLength(1);
});

test("takes the ids from the configuration, and explains how to set them", async () => {
  const { text, notes } = await of(printedFile(printedRule(443, toLan)), { config: true });
  expect(text).toContain('const securityGroup = config.require("securityGroup");');
  expect(notes).toEqual([`Before pulumi up: pulumi config set securityGroup ${GROUP}`]);
});

test("writes the Region where it knows it", async () => {
  const { text } = await of(printedFile(printedRule(443, toLan)), { region: "eu-west-1" });
  expect(text).toContain('  region: "eu-west-1",');
});

test.each(["rules", "components"])("reports as %s that there is nothing to declare", async (as) => {
  const file = printedFile(printedRule(22, { ...toLan, IsEgress: false }));
  expect((await of(file, { as })).text).toContain(`// ${GROUP} has no rules to declare.`);
});

/** Printed rules of any kind, with any owner. */
const anyPrinted = fc
  .record({
    port: anyPort,
    to: destination,
    description: descriptions,
    tags: anyTags,
    keeper: fc.constantFrom(undefined, undefined, undefined, "kubernetes.io/x", OWNER_TAG),
  })
  .map(({ port, to, description, tags = {}, keeper }) => {
    const all = { ...tags, ...(keeper !== undefined && { [keeper]: "shop/prod@7f3k2m9q" }) };
    return printedRule(0, {
      IpProtocol: port.protocol,
      FromPort: port.fromPort ?? -1,
      ToPort: port.toPort ?? -1,
      ...(to.kind === "ipv4" && { CidrIpv4: to.value }),
      ...(to.kind === "ipv6" && { CidrIpv6: to.value }),
      ...(to.kind === "prefixList" && { PrefixListId: to.value }),
      ...(to.kind === "securityGroup" && {
        ReferencedGroupInfo: { GroupId: to.value, UserId: to.ownerId ?? "123456789012" },
      }),
      Description: description,
      Tags: Object.entries(all).map(([Key, Value]) => ({ Key, Value })),
    });
  });
const anyWish = fc.record({
  as: fc.constantFrom(...FORMS),
  config: fc.constantFrom(undefined, true as const),
  tighten: fc.constantFrom(undefined, true as const),
});

const anyGenerated = fc.tuple(fc.array(anyPrinted, { minLength: 1, maxLength: 60 }), anyWish);

test("writes any rules as Prettier formats them", async () => {
  await fc.assert(
    fc.asyncProperty(anyGenerated, async ([rules, { as, config, tighten }]) => {
      const { text } = await of(printedFile(...rules), {
        as,
        ...(config && { config }),
        ...(tighten && { tighten }),
      });
      expect(text).toBe(await format(text, { parser: "typescript", plugins: [estree, typescript] }));
    }),
    { numRuns: 100, seed: 7 },
  );
}, 120_000);

test("writes any rules as a program that compiles in strict mode", async () => {
  const samples = fc.sample(anyGenerated, { numRuns: 40, seed: 19 });
  const texts = await Promise.all(
    samples.map(
      async ([rules, { as, config }]) =>
        (await of(printedFile(...rules), { as, ...(config && { config }) })).text,
    ),
  );
  expect(errorsOf(texts)).toEqual([]);
}, 120_000);

const LIKE = "expected what `aws ec2 describe-security-group-rules --output json` prints";

test.each([
  ["is no file", () => "nowhere.json", "nowhere.json cannot be read: "],
  ["is empty", () => fileOf(""), `is empty: ${LIKE}`],
  ["is a table", () => fileOf("----\n| x |"), LIKE],
  ["is something else", () => fileOf('{"Reservations": []}'), `has no SecurityGroupRules: ${LIKE}`],
  [
    "is a part",
    () => fileOf('{"SecurityGroupRules": [], "NextToken": "x"}'),
    "run the command without --max-items",
  ],
  ["has no rules", () => printedFile(), "has no rules: specify a file that has some"],
  ["has what is no rule", () => printedFile({ GroupId: GROUP }), "SecurityGroupRules[0] is not a rule"],
  [
    "has a rule of no kind",
    () => printedFile(printedRule(70000, toLan)),
    "70000 is not a port from 0 to 65535",
  ],
  ["has no such tags", () => printedFile(printedRule(1, { ...toLan, Tags: [{}] })), "has an invalid tag, {}"],
])("refuses a file that %s", async (_, file, message) => {
  await expect(of(file())).rejects.toThrow(message);
});

test.each([
  [[], { as: "policies" }, '--as: "policies" is not one of policy, set, rules, components'],
  [[], { as: "components", exclusive: true }, "--exclusive: components cannot be exclusive"],
  [[], {}, "specify the groups, such as `generate sg-0123456789abcdef0`"],
  [["web"], {}, '"web" is not the id of a security group'],
] as const)("refuses %j with %j", async (groups, more, message) => {
  await expect(generate(groups, { ...options, ...more })).rejects.toThrow(message);
});

test.each([
  [["sg-0fedcba9876543210"], {}, `has no rules of sg-0fedcba9876543210: the groups in the file are ${GROUP}`],
  [[], { profile: "prod" }, "--profile: --rules does not read from EC2"],
  [[], { region: "Ireland" }, '--region: "Ireland" is not an AWS Region'],
] as const)("refuses %j with a file and %j", async (groups, more, message) => {
  const rules = printedFile(printedRule(443, toLan));
  await expect(generate(groups, { ...options, ...more, rules })).rejects.toThrow(message);
});
