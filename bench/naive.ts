import * as pulumi from "@pulumi/pulumi";
import type { BenchRule } from "./rules";

/**
 * A quick dynamic provider for a rule, as someone writes it in an afternoon: one request for each rule, a client for
 * each request, and all its code in state.
 */
export class NaiveRule extends pulumi.dynamic.Resource {
  constructor(rule: BenchRule, provider: NaiveProvider) {
    super(provider, rule.name, { ...rule });
  }
}

/** Loaded within each verb: the engine cannot serialize the SDK. */
function sdk(): typeof import("@aws-sdk/client-ec2") {
  return require("@aws-sdk/client-ec2");
}

type NaiveProvider = pulumi.dynamic.ResourceProvider<BenchRule, BenchRule>;

/** @param maxAttempts how often the SDK tries a request; 3 by its default */
export function naiveProvider(maxAttempts: number): NaiveProvider {
  return {
    async create(rule) {
      const { EC2Client, AuthorizeSecurityGroupEgressCommand } = sdk();
      const ec2 = new EC2Client({ maxAttempts });
      const answer = await ec2.send(
        new AuthorizeSecurityGroupEgressCommand({
          GroupId: rule.groupId,
          IpPermissions: [
            {
              IpProtocol: "tcp",
              FromPort: rule.port,
              ToPort: rule.port,
              IpRanges: [{ CidrIp: rule.cidr, Description: rule.description }],
            },
          ],
        }),
      );
      return { id: answer.SecurityGroupRules?.[0]?.SecurityGroupRuleId ?? "", outs: rule };
    },
    async read(id, rule) {
      const { EC2Client, DescribeSecurityGroupRulesCommand } = sdk();
      const ec2 = new EC2Client({ maxAttempts });
      const command = new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [id] });
      const [found] = (await ec2.send(command)).SecurityGroupRules ?? [];
      return found && rule
        ? { id, props: { ...rule, port: found.FromPort ?? 0, cidr: found.CidrIpv4 ?? "" } }
        : {};
    },
    async update(id, _olds, rule) {
      const { EC2Client, ModifySecurityGroupRulesCommand } = sdk();
      const ec2 = new EC2Client({ maxAttempts });
      const SecurityGroupRule = {
        IpProtocol: "tcp",
        FromPort: rule.port,
        ToPort: rule.port,
        CidrIpv4: rule.cidr,
        Description: rule.description,
      };
      await ec2.send(
        new ModifySecurityGroupRulesCommand({
          GroupId: rule.groupId,
          SecurityGroupRules: [{ SecurityGroupRuleId: id, SecurityGroupRule }],
        }),
      );
      return { outs: rule };
    },
    async delete(id, rule) {
      const { EC2Client, RevokeSecurityGroupEgressCommand } = sdk();
      const ec2 = new EC2Client({ maxAttempts });
      const request = { GroupId: rule.groupId, SecurityGroupRuleIds: [id] };
      await ec2.send(new RevokeSecurityGroupEgressCommand(request));
    },
  };
}
