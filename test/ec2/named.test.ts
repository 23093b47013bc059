import {
  AcceptVpcPeeringConnectionCommand,
  CreateVpcPeeringConnectionCommand,
  DescribeSecurityGroupRulesCommand,
} from "@aws-sdk/client-ec2";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import {
  authorize,
  authorizeOne,
  describeAgain,
  ec2,
  group,
  modify,
  other,
  readBack,
  revoke,
} from "./emptyGroup";
import { makeGroup, makeVpc } from "./network";
import { account, idOf, ipv4, refusal, tcp, unknownGroup, unknownList, unknownRule } from "./rules";
import * as send from "./send";

describe("what a call names", () => {
  const one = { IpProtocol: "-1", CidrIpv4: "10.0.0.0/8" };

  strictly.each<[string, () => Promise<unknown>, string]>([
    ["authorize: unknown group", () => authorize([], { GroupId: unknownGroup }), "InvalidGroup.NotFound"],
    ["authorize: no group id", () => authorize([], { GroupId: "first" }), "InvalidGroupId.Malformed"],
    [
      "authorize: a group with its account",
      () => authorize([], { GroupId: `${account}/${group}` }),
      "InvalidGroupId.Malformed",
    ],
    [
      "reference: unknown group",
      () => authorize([tcp(1, { UserIdGroupPairs: [{ GroupId: unknownGroup }] })]),
      "InvalidGroup.NotFound",
    ],
    [
      "reference: unknown group of this account",
      () => authorize([tcp(1, { UserIdGroupPairs: [{ GroupId: unknownGroup, UserId: account }] })]),
      "InvalidGroup.NotFound",
    ],
    [
      "reference: a group with its account",
      () => authorize([tcp(1, { UserIdGroupPairs: [{ GroupId: `${account}/${other}` }] })]),
      "InvalidGroupId.Malformed",
    ],
    [
      "prefix list: unknown",
      () => authorize([tcp(1, { PrefixListIds: [{ PrefixListId: unknownList }] })]),
      "InvalidPrefixListID.NotFound",
    ],
    [
      "prefix list: by name",
      () => authorize([tcp(1, { PrefixListIds: [{ PrefixListId: "com.amazonaws.us-east-1.s3" }] })]),
      "InvalidPrefixListId.Malformed",
    ],
    ["revoke: unknown rule", () => revoke([unknownRule]), "InvalidSecurityGroupRuleId.NotFound"],
    ["revoke: no rule id", () => revoke(["rule"]), "InvalidSecurityGroupRuleId.Malformed"],
    ["modify: unknown rule", () => modify([unknownRule, one]), "InvalidSecurityGroupRuleId.NotFound"],
    ["modify: no rule id", () => modify(["rule", one]), "InvalidSecurityGroupRuleId.Malformed"],
    ["descriptions: unknown rule", () => describeAgain([unknownRule]), "InvalidSecurityGroupRuleId.NotFound"],
    ["descriptions: no rule id", () => describeAgain(["rule"]), "InvalidSecurityGroupRuleId.Malformed"],
    [
      "describe: unknown rule",
      () => ec2.send(new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [unknownRule] })),
      "InvalidSecurityGroupRuleId.NotFound",
    ],
    [
      "describe: no rule id",
      () => ec2.send(new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: ["rule"] })),
      "InvalidSecurityGroupRuleId.Malformed",
    ],
    [
      "describe: no group id",
      () =>
        ec2.send(
          new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: ["a/sg-1"] }] }),
        ),
      "InvalidGroupId.Malformed",
    ],
  ])("%s", async (_, call, code) => {
    expect(await refusal(call())).toMatch(new RegExp(`^${code}: `));
  });

  strictly("a group of another VPC can be led to where the two are peered", async () => {
    const vpc = await makeVpc(ec2);
    const elsewhere = await makeGroup(ec2, vpc, "elsewhere");
    const reference = () => authorize([tcp(1, { UserIdGroupPairs: [{ GroupId: elsewhere }] })]);
    expect(await refusal(reference())).toBe(
      "InvalidGroup.NotFound: You have specified two resources that belong to different networks.",
    );
    const { vpcId } = await endpoint.makeNetwork();
    const { VpcPeeringConnection: peering } = await ec2.send(
      new CreateVpcPeeringConnectionCommand({ VpcId: vpcId, PeerVpcId: vpc }),
    );
    const VpcPeeringConnectionId = known(peering?.VpcPeeringConnectionId);
    await ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
    expect(await reference()).toMatchObject([{ ReferencedGroupInfo: { GroupId: elsewhere } }]);
  });

  strictly("has to be in the group, for revoke, modify and descriptions", async () => {
    const id = idOf(await authorizeOne(tcp(1, ipv4("10.0.0.0/8"))));
    const calls = [
      () => send.revoke(ec2, other, [id]),
      () => send.modify(ec2, other, [[id, one]]),
      () => send.describeAgain(ec2, other, [[id]]),
    ];
    for (const call of calls) {
      expect(await refusal(call())).toMatch(/^InvalidSecurityGroupRuleId\.NotFound: /);
    }
  });

  strictly.each<[string, () => Promise<unknown>]>([
    ["revoke", () => send.revoke(ec2, unknownGroup, [unknownRule])],
    ["modify", () => send.modify(ec2, unknownGroup, [[unknownRule, one]])],
    ["descriptions", () => send.describeAgain(ec2, unknownGroup, [[unknownRule]])],
  ])("%s: unknown group", async (_, call) => {
    expect(await refusal(call())).toMatch(/^InvalidGroup\.NotFound: /);
  });

  strictly("may be a group of another account, as a peered one", async () => {
    const pair = { GroupId: unknownGroup, UserId: "210987654321" };
    const rule = await authorizeOne(tcp(1, { UserIdGroupPairs: [pair] }));
    expect(rule.ReferencedGroupInfo).toEqual(pair);
    const id = idOf(rule);
    await modify([id, { IpProtocol: "tcp", FromPort: 2, ToPort: 2, ReferencedGroupId: unknownGroup }]);
    expect(await readBack(id)).toMatchObject({ FromPort: 2, ReferencedGroupInfo: pair });
  });
});
