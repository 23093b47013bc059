import {
  DescribeSecurityGroupRulesCommand,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  UpdateSecurityGroupRuleDescriptionsEgressCommand,
} from "@aws-sdk/client-ec2";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { authorize, ec2, group } from "./emptyGroup";
import { ipv4, refusal, tcp, unknownGroup } from "./rules";

describe("a dry run", () => {
  const DryRun = true;
  const GroupId = unknownGroup;

  strictly.each<[string, () => Promise<unknown>]>([
    ["Authorize", () => authorize([], { DryRun, GroupId })],
    ["Revoke", () => ec2.send(new RevokeSecurityGroupEgressCommand({ DryRun, GroupId }))],
    [
      "Modify",
      () => ec2.send(new ModifySecurityGroupRulesCommand({ DryRun, GroupId, SecurityGroupRules: [] })),
    ],
    [
      "UpdateDescriptions",
      () => ec2.send(new UpdateSecurityGroupRuleDescriptionsEgressCommand({ DryRun, GroupId })),
    ],
    ["Describe", () => ec2.send(new DescribeSecurityGroupRulesCommand({ DryRun }))],
  ])("of %s looks at nothing else", async (_, call) => {
    await endpoint.reset();
    expect(await refusal(call())).toMatch(/^DryRunOperation: /);
    expect((await endpoint.calls()).map(({ status }) => status)).toEqual([412]);
  });

  test("changes nothing", async () => {
    expect(await refusal(authorize([tcp(1, ipv4("10.0.0.0/8"))], { DryRun }))).toMatch(/^DryRunOperation: /);
    expect(await endpoint.rules(group)).toEqual([]);
  });
});
