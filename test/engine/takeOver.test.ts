import { AuthorizeSecurityGroupEgressCommand } from "@aws-sdk/client-ec2";
import { allow, EgressPolicy, type Intent } from "../../index";
import { fullTest } from "../fullTest";
import { endpoint } from "../world";
import { makeStack } from "./stack";

test("a policy takes over a group from the default rule and strangers, and allowed traffic is never blocked meanwhile", async () => {
  const [web] = (await endpoint.makeNetwork()).groupIds;
  const stack = await makeStack(endpoint);
  try {
    const networks = Array.from({ length: 60 }, (_, place) => `10.${place}.0.0/16`);
    const stranger = (CidrIp: string) => ({
      IpProtocol: "tcp",
      FromPort: 443,
      ToPort: 443,
      IpRanges: [{ CidrIp }],
    });
    // The policy wants two of them, too.
    const strangers = ["10.0.0.0/16", "10.1.0.0/16", "172.16.0.0/16", "172.17.0.0/16", "172.18.0.0/16"];
    await endpoint
      .client()
      .send(
        new AuthorizeSecurityGroupEgressCommand({ GroupId: web, IpPermissions: strangers.map(stranger) }),
      );
    const before = await endpoint.rules(web);
    await endpoint.quota(100);
    await stack.configure({ "aws-egress:rulesPerGroup": "100" });
    await endpoint.reset();

    const ran = await stack.up(async () => {
      new EgressPolicy("web", { securityGroup: web, allow: [allow.https(networks)] });
    });
    expect(ran.ok).toBe(true);
    const calls = (await endpoint.calls()).map(({ action }) => action);
    expect(calls).toEqual([
      // The check's call, so that the preview can show the removals.
      "DescribeSecurityGroupRules",
      "DescribeSecurityGroupRules",
      "AuthorizeSecurityGroupEgress",
      // Descriptions and claims of the two that stay.
      "ModifySecurityGroupRules",
      "CreateTags",
      "RevokeSecurityGroupEgress",
    ]);
    const after = await endpoint.rules(web);
    expect(after.map(({ CidrIpv4 }) => CidrIpv4).sort()).toEqual([...networks].sort());
    const kept = before.filter(({ CidrIpv4 = "" }) => networks.includes(CidrIpv4));
    expect(kept).toHaveLength(2);
    const ids = after.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId);
    for (const { SecurityGroupRuleId } of kept) expect(ids).toContain(SecurityGroupRuleId);

    expect((await stack.destroy()).ok).toBe(true);
    expect(await endpoint.rules(web)).toEqual([]);
  } finally {
    await endpoint.quota();
    await stack.remove();
  }
});

fullTest("at the quota as few rules as needed go first, and the log says so", async () => {
  const [web, other] = (await endpoint.makeNetwork()).groupIds;
  const stack = await makeStack(endpoint);
  try {
    await endpoint.quota(3);
    await stack.configure({ "aws-egress:rulesPerGroup": "3" });
    const program =
      (...allow: readonly Intent[]) =>
      async () => {
        new EgressPolicy("web", { securityGroup: web, allow });
      };
    const first = await stack.up(
      program(allow.https([other]), allow.postgres([other]), allow.mysql([other])),
    );
    // The default rule blocks the third, and cannot be modified to lead to a group.
    expect(first.printed).toContain(
      "has no room for its old and new rules at once: all traffic to 0.0.0.0/0 is revoked before new ones are authorized",
    );
    const moved = await stack.up(
      program(allow.https([other]), allow.postgres([other]), allow.redis([other])),
    );
    // One request modifies rules of the same kind.
    expect(moved).toMatchObject({ ok: true });
    expect(moved.printed).not.toContain("no room");
    await stack.destroy();
  } finally {
    await endpoint.quota();
    await stack.remove();
  }
});
