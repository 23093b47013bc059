import { makeEgressRuleSet } from "../../provider/handlers/egressRuleSet";
import { hushed } from "../../provider/handlers/secretValues";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import {
  configFor,
  errorOf,
  failureOf,
  type Handler,
  handlerAt,
  handlerOf,
  make,
  type Props,
} from "./handler";
import { place } from "./ownPlace";
import { OWNER_TAG, STACK } from "./place";

let handler: Handler;

beforeEach(() => {
  handler = handlerAt(endpoint);
});

const offline = handlerOf({ "aws:region": "us-east-1" });
const sets = handlerOf({ "aws:region": "us-east-1" }, makeEgressRuleSet());

const RULE: Props = {
  securityGroupId: "sg-0123456789abcdef0",
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: "10.0.0.0/16",
};
const { cidrIpv4: _, ...TO_NOWHERE } = RULE;

const BAD: [name: string, args: Props, planted: RegExp][] = [
  ["securityGroupId", { ...RULE, securityGroupId: "sg-planted" }, /planted/],
  ["ipProtocol", { ...RULE, ipProtocol: "planted" }, /planted/],
  ["ipProtocol", { ...RULE, ipProtocol: "udp", toPort: undefined }, /udp/],
  ["fromPort", { ...RULE, fromPort: 54321 }, /54321/],
  ["toPort", { ...RULE, toPort: "12-345" }, /12|345/],
  ["icmp", { ...RULE, icmp: { type: 213 } }, /213/],
  ["cidrIpv4", { ...RULE, cidrIpv4: "10.77.1.1" }, /10\.77/],
  ["cidrIpv6", { ...TO_NOWHERE, cidrIpv6: "2001:db8:77::/032" }, /db8/],
  ["prefixListId", { ...TO_NOWHERE, prefixListId: "pl-planted" }, /planted/],
  ["prefixListName", { ...RULE, prefixListName: "planted" }, /planted/],
  ["referencedSecurityGroupId", { ...TO_NOWHERE, referencedSecurityGroupId: "sg-planted" }, /planted/],
  ["referencedSecurityGroupOwnerId", { ...RULE, referencedSecurityGroupOwnerId: "planted" }, /planted/],
  ["description", { ...RULE, description: "plänted" }, /plänted/],
  ["tags", { ...RULE, tags: { "aws:planted": "x" } }, /planted/],
  ["region", { ...RULE, region: "planted" }, /planted/],
  ["adopt", { ...RULE, adopt: "planted" }, /planted/],
];

test.each(BAD)("a bad secret %s is refused without its value", async (name, given, planted) => {
  const args: Props = JSON.parse(JSON.stringify(given));
  expect(JSON.stringify((await offline.check({}, args)).failures)).toMatch(planted);

  const { failures } = await offline.check({}, { ...args, __secrets: [name] });
  expect(JSON.stringify(failures)).not.toMatch(planted);
  const told = failures.find(({ reason }) => reason.startsWith("a secret value is not valid"));
  expect(told).toMatchObject({
    property: "",
    reason: expect.stringContaining(`not shown: ${name}. To see what is wrong`),
  });
});

test("failures that concern no secret appear in full", async () => {
  const { failures } = await offline.check({}, { ...RULE, description: "why?", __secrets: ["cidrIpv4"] });
  expect(failures).toEqual([
    { property: "description", reason: expect.stringContaining('"why?" contains "?"') },
  ]);
});

test("only the secret rules of a set are redacted", async () => {
  const { securityGroupId, ...rule } = RULE;
  const rules = [
    { ...rule, cidrIpv4: "10.77.1.1" },
    { ...rule, toPort: 80 },
  ];
  const { failures } = await sets.check({}, { securityGroupId, rules, __secrets: ["rules[0].cidrIpv4"] });
  expect(failures).toEqual([
    { property: "", reason: expect.stringMatching(/^rules\[1\]\.toPort 80 is below fromPort, 443/) },
    { property: "", reason: expect.stringContaining("is not shown: rules[0].cidrIpv4.") },
  ]);
});

strictly("EC2's errors omit secrets in every verb", async () => {
  const { group } = place;
  const args = { ...RULE, securityGroupId: group, cidrIpv4: "10.77.0.0/16", toPort: 54321 };
  const secret = { ...args, __secrets: ["cidrIpv4", "toPort"] };
  await endpoint.deny([
    "AuthorizeSecurityGroupEgress",
    "ModifySecurityGroupRules",
    "RevokeSecurityGroupEgress",
  ]);
  try {
    const { inputs } = await handler.check({}, secret);
    expect(await failureOf(handler.create(inputs))).toContain(
      `authorizing tcp 443-[secret] to [secret] on ${group}`,
    );
    await endpoint.deny(["ModifySecurityGroupRules", "RevokeSecurityGroupEgress"]);
    const made = await make(handler, secret);
    const { inputs: news } = await handler.check({}, { ...secret, description: "web" });
    const failed = await failureOf(handler.update(made.id, made.outs, news));
    expect(failed).toContain(`changing rule ${made.id} to tcp 443-[secret] to [secret] on ${group}`);
    expect(failed).not.toMatch(/10\.77|54321/);
    // EC2's own message names the rule.
    const twice = await failureOf(handler.create({ ...inputs, owner: "shop/prod" }));
    expect(twice).toContain('"peer: [secret], TCP, from port: 443, to port: [secret], ALLOW"');
    const kept = await errorOf(handler.delete(made.id, made.outs));
    expect(kept.message).toContain(`revoking rule ${made.id} on ${group}`);
    expect(kept.message).not.toMatch(/10\.77|54321/);
    expect((await handler.read(made.id, made.outs)).props).toMatchObject({
      __secrets: ["cidrIpv4", "toPort"],
    });
  } finally {
    await endpoint.deny([]);
  }
});

strictly(
  "EC2's errors omit the secrets of a set's rules too, including another account's group",
  async () => {
    const { cidrIpv4: _, securityGroupId: __, ...rule } = RULE;
    const rules = [{ ...rule, referencedSecurityGroupId: "210987654321/sg-0fedcba9876543210" }];
    const secret = {
      securityGroupId: place.group,
      rules,
      owner: STACK,
      __secrets: ["rules[0].referencedSecurityGroupId"],
    };
    const at = handlerOf(configFor(endpoint.url), makeEgressRuleSet());
    const { inputs } = await at.check({}, secret);
    await endpoint.deny(["AuthorizeSecurityGroupEgress"]);
    const failed = await failureOf(at.create(inputs)).finally(() => endpoint.deny([]));
    expect(failed).toContain("authorizing tcp 443 to [secret]");
    expect(failed).not.toMatch(/210987654321|sg-0fedcba9876543210/);
  },
);

test("text from people cannot control a terminal", async () => {
  const { failures } = await offline.check(
    {},
    {
      ...RULE,
      description: "\u001b[2Jgone\nerror: all is well",
      tags: { "\u202eaws:": "\u0007" },
      "x\u001b[31m": 1,
    },
  );
  const said = failures.map(({ property, reason }) => `${property} ${reason}`).join("");
  expect(said).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  // The engine would print the value of the property unchanged.
  expect(failures.map(({ property }) => property)).not.toContain("description");
  expect(said).toContain('description "\\u001b[2Jgone\\nerror: all is well" contains');
});

strictly("tags and descriptions of other people's rules cannot either", async () => {
  const { group } = place;
  const theirs = "other/\u009b2Jprod\u202e";
  await make(handler, { ...RULE, securityGroupId: group, owner: theirs, tags: { Team: "a\u009bb" } });
  const refused = await failureOf(make(handler, { ...RULE, securityGroupId: group, owner: STACK }));
  expect(refused).toContain('claimed by the stack "other/\\u009b2Jprod\\u202e"');
  expect(refused).toContain('{"Team":"a\\u009bb"}');
  expect(refused.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(Object.keys((await place.rules())[0]?.tags ?? {})).toContain(OWNER_TAG);
});

test.each<[message: string, texts: string[], told: string]>([
  ["to 10.77.0.0/16 on sg-1", ["10.77.0.0/16"], "to [secret] on sg-1"],
  ["tcp 80 to 10.80.0.0/16 on sg-80a", ["80"], "tcp [secret] to 10.[secret].0.0/16 on sg-80a"],
  ["TCP, from port: 443", ["tcp", "443"], "[secret], from port: [secret]"],
  ["a (b) c", ["(b)", "(b"], "a [secret] c"],
  ["nothing", [], "nothing"],
])("%j without %j is %j", (message, texts, told) => {
  expect(hushed(message, texts)).toBe(told);
});
