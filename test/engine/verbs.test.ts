import {
  AuthorizeSecurityGroupEgressCommand,
  CreateTagsCommand,
  ModifySecurityGroupRulesCommand,
} from "@aws-sdk/client-ec2";
import { EgressRule, type EgressRuleOwnArgs, type RuleArgs } from "../../index";
import { startProxy } from "../handlers/proxy";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { declaredRules } from "./declaredRules";
import { newStack } from "./newStack";
import { makeStack, type TestStack } from "./stack";

let stack: TestStack;
let web: string;
let database: string;

beforeEach(async () => {
  stack = await newStack();
  [web, database] = (await endpoint.makeNetwork()).groupIds;
  await endpoint.reset();
});

interface Changed extends Partial<EgressRuleOwnArgs & RuleArgs> {
  readonly cidrIpv4?: string;
  readonly referencedSecurityGroupId?: string;
}

/** A program with one rule, tcp 80 to 10.0.0.0/16 but for what is said otherwise. */
function ruleWith(args: Changed = {}) {
  const { cidrIpv4 = "10.0.0.0/16", referencedSecurityGroupId, ...others } = args;
  const destination = referencedSecurityGroupId ? { referencedSecurityGroupId } : { cidrIpv4 };
  return async () => {
    const rule = new EgressRule("to-lan", {
      securityGroupId: web,
      ipProtocol: "tcp",
      fromPort: 80,
      toPort: 80,
      ...destination,
      ...others,
    });
    return {
      id: rule.id,
      ruleId: rule.securityGroupRuleId,
      arn: rule.arn,
      cidr: rule.cidrIpv4,
      tagsAll: rule.tagsAll,
    };
  };
}

describe("create", () => {
  test("makes the first example of the API's document with one call", async () => {
    const ran = await stack.up(ruleWith());
    expect(ran.changes).toMatchObject({ create: 2 });
    expect(await endpoint.count()).toEqual({ AuthorizeSecurityGroupEgress: 1 });
    const [rule] = await declaredRules(web);
    expect(rule).toMatchObject({ IpProtocol: "tcp", FromPort: 80, ToPort: 80, CidrIpv4: "10.0.0.0/16" });
    expect(ran.outputs).toMatchObject({ id: rule?.SecurityGroupRuleId, ruleId: rule?.SecurityGroupRuleId });
    expect(ran.outputs.arn).toContain(`security-group-rule/${rule?.SecurityGroupRuleId}`);
  });

  test("names the rule that is there already, and how to take it over", async () => {
    const permission = { IpProtocol: "tcp", FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: "10.0.0.0/16" }] };
    const made = await endpoint
      .client()
      .send(new AuthorizeSecurityGroupEgressCommand({ GroupId: web, IpPermissions: [permission] }));
    const existing = made.SecurityGroupRules?.[0]?.SecurityGroupRuleId ?? "";

    const refused = await stack.up(ruleWith());
    expect(refused.ok).toBe(false);
    for (const part of ["InvalidPermission.Duplicate", existing, "of no stack", "adopt: true"]) {
      expect(refused.printed).toContain(part);
    }
    expect((await stack.resources()).length).toBe(0);

    const adopted = await stack.up(ruleWith({ adopt: true, tags: { Team: "web" } }));
    expect(adopted.outputs.id).toBe(existing);
    const [rule] = await declaredRules(web);
    expect(rule?.Tags).toEqual(
      expect.arrayContaining([
        { Key: "Team", Value: "web" },
        { Key: "pulumi-aws-egress:owner", Value: expect.stringMatching(/^shop\/test@[0-9a-z]{8}$/) },
      ]),
    );
    expect((await stack.up(ruleWith({ adopt: true, tags: { Team: "web" } }))).changes).toEqual({ same: 2 });
  });
});

describe("diff", () => {
  strictly("sees no change in another spelling of the same rule", async () => {
    const tags = { a: "1", b: "2" };
    await stack.up(ruleWith({ cidrIpv4: "100.68.0.18/18", tags }));
    expect(await declaredRules(web)).toMatchObject([{ CidrIpv4: "100.68.0.0/18" }]);
    await endpoint.reset();
    const respelled = ruleWith({
      ipProtocol: 6,
      fromPort: "80",
      cidrIpv4: "100.68.0.0/18",
      tags: { b: "2", a: "1" },
    });
    expect((await stack.preview(respelled)).changes).toEqual({ same: 2 });
    expect((await stack.up(respelled)).changes).toEqual({ same: 2 });
    expect(await endpoint.count()).toEqual({});
  });

  test("replaces the rule when the group or the kind of destination changes, the new one first", async () => {
    await stack.up(ruleWith());
    await endpoint.reset();
    expect((await stack.preview(ruleWith({ referencedSecurityGroupId: database }))).changes).toMatchObject({
      replace: 1,
    });
    await stack.up(ruleWith({ referencedSecurityGroupId: database }));
    expect((await endpoint.calls()).map(({ action }) => action)).toEqual([
      "AuthorizeSecurityGroupEgress",
      "DescribeSecurityGroupRules",
      "RevokeSecurityGroupEgress",
    ]);
    expect(await declaredRules(web)).toMatchObject([{ ReferencedGroupInfo: { GroupId: database } }]);

    expect((await stack.up(ruleWith({ securityGroupId: database }))).changes).toMatchObject({ replace: 1 });
    expect(await declaredRules(web)).toEqual([]);
    expect(await declaredRules(database)).toHaveLength(1);
  });
});

describe("update", () => {
  test("replaces a rule by another, which is made before the old one goes, and preview names what changed", async () => {
    const before = await stack.up(ruleWith());
    const other = ruleWith({ fromPort: 8000, toPort: 9000, cidrIpv4: "10.2.0.0/16" });
    const { changes, printed } = await stack.preview(other);
    expect(changes).toMatchObject({ replace: 1 });
    for (const property of ["fromPort", "toPort", "cidrIpv4"]) {
      expect(printed).toMatch(new RegExp(`~ ${property} *: \\S+ => \\S+`));
    }
    await endpoint.reset();
    const after = await stack.up(other);
    expect(after.changes).toMatchObject({ replace: 1 });
    expect(after.outputs).toMatchObject({ cidr: "10.2.0.0/16" });
    expect(after.outputs.id).not.toBe(before.outputs.id);
    expect((await endpoint.calls()).map(({ action }) => action)).toEqual([
      "AuthorizeSecurityGroupEgress",
      "DescribeSecurityGroupRules",
      "RevokeSecurityGroupEgress",
    ]);
    expect(await declaredRules(web)).toMatchObject([
      { FromPort: 8000, ToPort: 9000, CidrIpv4: "10.2.0.0/16" },
    ]);
  });

  strictly("changes the description alone by one call, and removes it", async () => {
    const before = await stack.up(ruleWith({ description: "one" }));
    for (const description of ["two", undefined]) {
      await endpoint.reset();
      const after = await stack.up(ruleWith({ ...(description !== undefined && { description }) }));
      expect(after.outputs.id).toBe(before.outputs.id);
      expect(await endpoint.count()).toEqual({ ModifySecurityGroupRules: 1 });
      const [rule] = await declaredRules(web);
      expect(rule?.Description || undefined).toBe(description);
    }
  });
});

describe("read", () => {
  test("refresh finds nothing changed where nothing is, with one call for each rule", async () => {
    await stack.up(ruleWith({ tags: { Team: "web" }, description: "updates" }));
    await endpoint.reset();
    expect((await stack.refresh()).changes).toEqual({ same: 2 });
    expect(await endpoint.count()).toEqual({ DescribeSecurityGroupRules: 1 });
  });

  strictly(
    "refresh shows drift of ports, destination, description and tags, and the next up repairs it",
    async () => {
      const program = ruleWith({ tags: { Team: "web" }, description: "updates" });
      const id = String((await stack.up(program)).outputs.id);
      const client = endpoint.client();
      const drifted = {
        IpProtocol: "tcp",
        FromPort: 81,
        ToPort: 82,
        CidrIpv4: "10.9.0.0/16",
        Description: "else",
      };
      const SecurityGroupRules = [{ SecurityGroupRuleId: id, SecurityGroupRule: drifted }];
      await client.send(new ModifySecurityGroupRulesCommand({ GroupId: web, SecurityGroupRules }));
      await client.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: "Team", Value: "else" }] }));

      expect((await stack.refresh()).changes).toEqual({ same: 1, update: 1 });
      const [inState] = await stack.resources();
      const shown = {
        fromPort: 81,
        toPort: 82,
        cidrIpv4: "10.9.0.0/16",
        description: "else",
        tags: { Team: "else" },
      };
      expect(inState?.outputs).toMatchObject(shown);
      expect(inState?.inputs).toMatchObject(shown);

      // What it is now is another rule.
      expect((await stack.up(program)).outputs.id).not.toBe(id);
      const [rule, ...others] = await declaredRules(web);
      expect(others).toEqual([]);
      expect(rule).toMatchObject({
        FromPort: 80,
        ToPort: 80,
        CidrIpv4: "10.0.0.0/16",
        Description: "updates",
      });
      expect(rule?.Tags).toContainEqual({ Key: "Team", Value: "web" });
      expect((await stack.refresh()).changes).toEqual({ same: 2 });
    },
  );

  test("get reads a rule by its id, and leaves it alone", async () => {
    const made = await endpoint.client().send(
      new AuthorizeSecurityGroupEgressCommand({
        GroupId: web,
        IpPermissions: [
          { IpProtocol: "udp", FromPort: 123, ToPort: 123, IpRanges: [{ CidrIp: "10.0.0.1/32" }] },
        ],
      }),
    );
    const id = made.SecurityGroupRules?.[0]?.SecurityGroupRuleId ?? "";
    const ran = await stack.up(async () => {
      const { securityGroupId, ipProtocol, fromPort, cidrIpv4 } = EgressRule.get("there", id);
      return { securityGroupId, ipProtocol, fromPort, cidrIpv4 };
    });
    expect(ran.outputs).toEqual({
      securityGroupId: web,
      ipProtocol: "udp",
      fromPort: 123,
      cidrIpv4: "10.0.0.1/32",
    });
    expect((await stack.destroy()).ok).toBe(true);
    expect(await declaredRules(web)).toHaveLength(1);
  });
});

describe("delete", () => {
  test("revokes the rule, and no other", async () => {
    await stack.up(ruleWith());
    await endpoint.reset();
    expect((await stack.destroy()).changes).toMatchObject({ delete: 2 });
    expect(await endpoint.count()).toEqual({ DescribeSecurityGroupRules: 1, RevokeSecurityGroupEgress: 1 });
    expect(await endpoint.rules(web)).toMatchObject([{ IpProtocol: "-1" }]);
  });
});

test("an answer that was lost costs no rule, and makes none twice", async () => {
  const proxy = await startProxy(endpoint.url);
  const behind = await makeStack(endpoint, { env: { AWS_ENDPOINT_URL: proxy.url } });
  try {
    proxy.befall("AuthorizeSecurityGroupEgress", ["lose the answer"]);
    const ran = await behind.up(ruleWith());
    expect(ran.ok).toBe(true);
    expect(await declaredRules(web)).toMatchObject([{ SecurityGroupRuleId: ran.outputs.id }]);
    expect((await behind.up(ruleWith())).changes).toEqual({ same: 2 });
    await behind.destroy();
    expect(await declaredRules(web)).toEqual([]);
  } finally {
    await behind.remove();
    await proxy.stop();
  }
});
