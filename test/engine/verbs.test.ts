import {
  AuthorizeSecurityGroupEgressCommand,
  CreateTagsCommand,
  ModifySecurityGroupRulesCommand,
} from "@aws-sdk/client-ec2";
import { EgressRule, type EgressRuleOwnArgs, type SetRuleArgs } from "../../index";
import { declaredOnly } from "../ec2/declaredOnly";
import { known } from "../known";
import { endpoint } from "../world";
import { LAN } from "./lan";
import { type Life, makeLife, type Of } from "./life";

type Args = SetRuleArgs & Pick<EgressRuleOwnArgs, "adopt">;

/** The declaration of each rule at first, and afterwards. */
const RULES: { readonly [name: string]: readonly [first: Args, then: Args] } = {
  example: [LAN, LAN],
  respelled: [
    { ...LAN, cidrIpv4: "100.68.0.18/18", tags: { a: "1", b: "2" } },
    { ...LAN, ipProtocol: 6, fromPort: "80", cidrIpv4: "100.68.0.0/18", tags: { b: "2", a: "1" } },
  ],
  elsewhere: [LAN, { ...LAN, fromPort: 8000, toPort: 9000, cidrIpv4: "10.2.0.0/16" }],
  described: [
    { ...LAN, description: "one" },
    { ...LAN, description: "two" },
  ],
  undescribed: [{ ...LAN, description: "one" }, LAN],
  drifting: [
    { ...LAN, description: "updates", tags: { Team: "web" } },
    { ...LAN, description: "updates", tags: { Team: "web" } },
  ],
  existing: [LAN, { ...LAN, adopt: true, tags: { Team: "web" } }],
};
const NAMES = Object.keys(RULES);
/** All of these, the one only read, and the stack. */
const ALL = NAMES.length + 2;

let life: Life;
let existing: string;
let seen: Awaited<ReturnType<typeof live>>;

beforeAll(async () => {
  life = await makeLife([...NAMES, "foreign"]);
  existing = await authorize("existing");
  seen = await live(await authorize("foreign"));
});
afterAll(() => life?.stack.remove());

async function live(foreign: string) {
  const { after, placeOf } = life;
  const program = (time: 0 | 1) => async () => {
    const { region } = placeOf("foreign");
    const { securityGroupId, ipProtocol, fromPort, cidrIpv4 } = EgressRule.get("foreign", foreign, {
      region,
    });
    const outputs = NAMES.map((name) => {
      const rule = new EgressRule(name, { ...known(RULES[name])[time], ...placeOf(name) });
      return [name, { id: rule.id, ruleId: rule.securityGroupRuleId, arn: rule.arn }];
    });
    return { foreign: { securityGroupId, ipProtocol, fromPort, cidrIpv4 }, ...Object.fromEntries(outputs) };
  };
  const made = await after((stack) => stack.up(program(0), { continueOnError: true }));
  const previewed = await after((stack) => stack.preview(program(1)));
  const changed = await after((stack) => stack.up(program(1)));
  await drift(idOf(changed.of("drifting")));
  const refreshed = await after((stack) => stack.refresh());
  const repaired = await after((stack) => stack.up(program(1)));
  const again = await after((stack) => stack.refresh());
  const destroyed = await after((stack) => stack.destroy());
  return { made, previewed, changed, refreshed, repaired, again, destroyed };
}

/** A rule that someone else created. */
async function authorize(name: string): Promise<string> {
  const { region, securityGroupId: GroupId } = life.placeOf(name);
  const permission = { IpProtocol: "tcp", FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: "10.0.0.0/16" }] };
  const request = new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: [permission] });
  const { SecurityGroupRules } = await endpoint.client({ region }).send(request);
  return known(SecurityGroupRules?.[0]?.SecurityGroupRuleId);
}

const DRIFTED = { FromPort: 81, ToPort: 82, CidrIpv4: "10.9.0.0/16", Description: "else" };

/** Someone modifies a rule. */
async function drift(id: string): Promise<void> {
  const { region, securityGroupId: GroupId } = life.placeOf("drifting");
  const client = endpoint.client({ region });
  const rule = { SecurityGroupRuleId: id, SecurityGroupRule: { IpProtocol: "tcp", ...DRIFTED } };
  await client.send(new ModifySecurityGroupRulesCommand({ GroupId, SecurityGroupRules: [rule] }));
  await client.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: "Team", Value: "else" }] }));
}

/** The one rule of a group, beside its initial one. */
function ruleOf({ rules }: Of) {
  const [rule, ...others] = declaredOnly(rules);
  expect(others).toEqual([]);
  return known(rule);
}

const idOf = (of: Of) => known(ruleOf(of).SecurityGroupRuleId);

describe("create", () => {
  test("runs the first example in the API's documentation with one call", () => {
    const made = seen.made.of("example");
    expect(made.actions).toEqual(["AuthorizeSecurityGroupEgress"]);
    const lan = { IpProtocol: "tcp", FromPort: 80, ToPort: 80, CidrIpv4: "10.0.0.0/16" };
    expect(ruleOf(made)).toMatchObject(lan);
    const id = idOf(made);
    const arn = expect.stringContaining(`security-group-rule/${id}`);
    expect(seen.changed.outputs.example).toEqual({ id, ruleId: id, arn });
  });

  test("names the existing rule, and how to take it over", () => {
    const refused = seen.made.of("existing");
    for (const part of ["InvalidPermission.Duplicate", existing, "claimed by no stack", "adopt: true"]) {
      expect(refused.step?.error).toContain(part);
    }
    expect(refused.state).toBeUndefined();

    const adopted = seen.changed.of("existing");
    expect(seen.changed.outputs.existing).toMatchObject({ id: existing });
    expect(idOf(adopted)).toBe(existing);
    expect(ruleOf(adopted).Tags).toEqual(
      expect.arrayContaining([
        { Key: "Team", Value: "web" },
        { Key: "pulumi-aws-egress:owner", Value: expect.stringMatching(/^shop\/test@[0-9a-z]{8}$/) },
      ]),
    );
    expect(seen.repaired.of("existing")).toMatchObject({ step: { operation: "same" }, actions: [] });
  });
});

describe("diff", () => {
  test("sees no change in another spelling of the same rule", () => {
    expect(ruleOf(seen.made.of("respelled"))).toMatchObject({ CidrIpv4: "100.68.0.0/18" });
    for (const ran of [seen.previewed, seen.changed]) {
      expect(ran.of("respelled")).toMatchObject({ step: { operation: "same" }, actions: [] });
    }
  });
});

describe("update", () => {
  test("replaces a rule: creates the new one before it revokes the old one, and preview names what changed", () => {
    expect(seen.previewed.changes).toMatchObject({ replace: 1 });
    for (const property of ["fromPort", "toPort", "cidrIpv4"]) {
      expect(seen.previewed.printed).toMatch(new RegExp(`~ ${property} *: \\S+ => \\S+`));
    }
    expect(seen.changed.changes).toMatchObject({ replace: 1 });
    const after = seen.changed.of("elsewhere");
    expect(after.actions).toEqual([
      "AuthorizeSecurityGroupEgress",
      "DescribeSecurityGroupRules",
      "RevokeSecurityGroupEgress",
    ]);
    expect(ruleOf(after)).toMatchObject({ FromPort: 8000, ToPort: 9000, CidrIpv4: "10.2.0.0/16" });
    expect(after.state).toMatchObject({ id: idOf(after), outputs: { cidrIpv4: "10.2.0.0/16" } });
    expect(idOf(after)).not.toBe(idOf(seen.made.of("elsewhere")));
  });

  test.each([
    ["described", "two"],
    ["undescribed", undefined],
  ])("changes only the description by one call: %s", (name, description) => {
    const after = seen.changed.of(name);
    expect(after.actions).toEqual(["ModifySecurityGroupRules"]);
    expect(idOf(after)).toBe(idOf(seen.made.of(name)));
    expect(ruleOf(after).Description || undefined).toBe(description);
  });
});

describe("read", () => {
  test("refresh finds no change if there is none, with one call for each rule", () => {
    expect(seen.refreshed.changes).toEqual({ same: ALL - 1, update: 1 });
    for (const name of NAMES) {
      expect(seen.refreshed.of(name).actions).toEqual(["DescribeSecurityGroupRules"]);
    }
    expect(seen.again.changes).toEqual({ same: ALL });
  });

  test("refresh shows drift of ports, destination, description and tags, and the next up repairs it", () => {
    const { state } = seen.refreshed.of("drifting");
    const shown = {
      fromPort: 81,
      toPort: 82,
      cidrIpv4: "10.9.0.0/16",
      description: "else",
      tags: { Team: "else" },
    };
    expect(state?.outputs).toMatchObject(shown);
    expect(state?.inputs).toMatchObject(shown);

    const repaired = seen.repaired.of("drifting");
    // The earlier rule is a different one.
    expect(idOf(repaired)).not.toBe(state?.id);
    const updates = { FromPort: 80, ToPort: 80, CidrIpv4: "10.0.0.0/16", Description: "updates" };
    expect(ruleOf(repaired)).toMatchObject(updates);
    expect(ruleOf(repaired).Tags).toContainEqual({ Key: "Team", Value: "web" });
  });

  test("get reads a rule by its id, and does not change it", () => {
    const { securityGroupId } = life.placeOf("foreign");
    const { ipProtocol, fromPort, cidrIpv4 } = LAN;
    expect(seen.changed.outputs.foreign).toEqual({ securityGroupId, ipProtocol, fromPort, cidrIpv4 });
    expect(declaredOnly(seen.destroyed.of("foreign").rules)).toHaveLength(1);
  });
});

describe("delete", () => {
  test.each(NAMES)("revokes the rule alone: %s", (name) => {
    expect(seen.destroyed.ok).toBe(true);
    const { actions, rules } = seen.destroyed.of(name);
    expect(actions).toEqual(["DescribeSecurityGroupRules", "RevokeSecurityGroupEgress"]);
    expect(rules).toMatchObject([{ IpProtocol: "-1" }]);
  });
});
