import {
  CreateTagsCommand,
  DeleteTagsCommand,
  type EC2Client,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  type SecurityGroupRule,
  type Tag,
  UpdateSecurityGroupRuleDescriptionsEgressCommand,
} from "@aws-sdk/client-ec2";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { hosts, hosts6, idOf, inOrder, ipv4, ipv6, refusal, tcp, unknownRule } from "./rules";
import { authorize, describeAgain, modify, revoke, type Update } from "./send";

const another = "sgr-0123456789abcdef1";
const noneOfBoth = `InvalidSecurityGroupRuleId.NotFound: The security group rule IDs '${unknownRule}, ${another}' do not exist`;
const noSuchRule = `InvalidSecurityGroupRuleId.NotFound: The security group rule ID '${unknownRule}' does not exist`;
const many = [tcp(1, ipv4(...hosts(40))), tcp(1, ipv6(...hosts6(40)))];

let ec2: EC2Client;
let group: string;
let ids: string[];

beforeAll(async () => {
  ec2 = endpoint.client();
});

beforeEach(async () => {
  [group = ""] = await endpoint.makeGroups(1);
  await revoke(ec2, group, (await endpoint.rules(group)).map(idOf));
  ids = inOrder(await authorize(ec2, group, many)).map(idOf);
});

async function rules(): Promise<SecurityGroupRule[]> {
  return inOrder(await endpoint.rules(group));
}

describe("ModifySecurityGroupRules", () => {
  const moved = (port: number, host: string) => ({ ...tcp(port, {}), CidrIpv4: host });
  const updates = (count: number): Update[] =>
    hosts(count).map((host, index) => [known(ids[index]), moved(2, host)]);

  strictly("changes many rules in one call, and no other", async () => {
    await modify(ec2, group, updates(30));
    const ports = (await rules()).filter(({ CidrIpv4 }) => CidrIpv4).map(({ FromPort }) => FromPort);
    expect(ports).toEqual([...Array(10).fill(1), ...Array(30).fill(2)]);
    expect((await rules()).map(idOf).sort()).toEqual([...ids].sort());
  });

  strictly.each<[string, () => Update[], string | RegExp]>([
    ["an unknown rule", () => [[unknownRule, moved(3, "10.0.0.0/8")]], noSuchRule],
    ["a rule that it names twice", () => updates(1), /^InvalidParameterValue: /],
    [
      "a rule that it makes twice",
      () => [[known(ids[31]), moved(2, "10.0.0.0/32")]],
      "InvalidParameterValue: The same permission must not appear multiple times",
    ],
    [
      "a rule that is there",
      () => [[known(ids[31]), moved(1, "10.0.0.32/32")]],
      /^InvalidPermission\.Duplicate/,
    ],
    ["host bits", () => [[known(ids[31]), moved(3, "10.0.0.1/8")]], / is not in canonical form$/],
  ])("changes nothing because of %s", async (_, bad, error) => {
    const before = await rules();
    expect(await refusal(modify(ec2, group, [...updates(30), ...bad()]))).toMatch(error);
    expect(await rules()).toEqual(before);
  });

  strictly("is refused without a rule", async () => {
    expect(await refusal(modify(ec2, group, []))).toMatch(/^MissingParameter: /);
  });
});

describe("RevokeSecurityGroupEgress", () => {
  strictly("removes many rules by id, and no other", async () => {
    await revoke(ec2, group, ids.slice(0, 70));
    expect((await rules()).map(idOf)).toEqual(ids.slice(70));
  });

  strictly.each([
    [[unknownRule], noSuchRule],
    [[unknownRule, another], noneOfBoth],
  ])("removes none where %j are unknown, and says so", async (unknown, error) => {
    expect(await refusal(revoke(ec2, group, [...ids, ...unknown]))).toBe(error);
    expect((await rules()).map(idOf)).toEqual(ids);
  });

  strictly("removes many by what they permit, all or none", async () => {
    const send = (IpPermissions: IpPermission[]) =>
      ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: group, IpPermissions }));
    expect(await refusal(send([...many, tcp(2, ipv4("10.0.0.0/32"))]))).toMatch(
      /^InvalidPermission\.NotFound/,
    );
    expect(await rules()).toHaveLength(80);
    await send(many);
    expect(await rules()).toEqual([]);
  });
});

describe("UpdateSecurityGroupRuleDescriptionsEgress", () => {
  strictly("sets many texts by id, all or none", async () => {
    const texts = ids.map((id, index): [string, string] => [id, `rule ${index}`]);
    expect(await refusal(describeAgain(ec2, group, [...texts, [unknownRule, "text"]]))).toBe(noSuchRule);
    expect((await rules()).filter(({ Description }) => Description)).toEqual([]);
    await describeAgain(ec2, group, texts);
    expect((await rules()).map((rule) => [idOf(rule), rule.Description])).toEqual(texts);
  });

  strictly("sets many by what the rules permit", async () => {
    const IpRanges = hosts(40).map((host) => ({ CidrIp: host, Description: `to ${host}` }));
    const IpPermissions = [tcp(1, { IpRanges })];
    await ec2.send(new UpdateSecurityGroupRuleDescriptionsEgressCommand({ GroupId: group, IpPermissions }));
    const described = (await rules()).filter(({ CidrIpv4 }) => CidrIpv4);
    expect(described.map(({ Description }) => Description)).toEqual(hosts(40).map((host) => `to ${host}`));
  });
});

describe("tags", () => {
  const tag = (Resources: string[], Tags: Tag[]) => ec2.send(new CreateTagsCommand({ Resources, Tags }));
  const untag = (Resources: string[], Tags?: Tag[]) =>
    ec2.send(new DeleteTagsCommand({ Resources, ...(Tags && { Tags }) }));
  const all = async () => new Set((await rules()).map(({ Tags }) => JSON.stringify(Tags)));
  const team = { Key: "team", Value: "a" };
  const stage = { Key: "stage", Value: "<&>" };

  strictly("are set on many rules, and on their group, in one call", async () => {
    await tag([...ids, group], [team]);
    await tag(ids, [stage]);
    expect(await all()).toEqual(new Set([JSON.stringify([team, stage])]));
  });

  strictly.each<[string, () => Promise<unknown>, string | RegExp]>([
    ["unknown rules", () => tag([...ids, unknownRule, another], [team]), noneOfBoth],
    ["a key of AWS's own", () => tag(ids, [team, { Key: "aws:name", Value: "" }]), /^InvalidParameterValue/],
    ["a key twice", () => tag(ids, [team, team]), /^InvalidParameterValue: Duplicate tag key 'team'/],
    ["no tag", () => tag(ids, []), /^MissingParameter/],
    [
      "too many",
      () =>
        tag(
          ids,
          Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: "" })),
        ),
      /^TagLimitExceeded/,
    ],
  ])("are set on none because of %s", async (_, call, error) => {
    expect(await refusal(call())).toMatch(error);
    expect(await all()).toEqual(new Set(["[]"]));
  });

  strictly.each<[string, Tag[] | undefined, Tag[]]>([
    ["whatever their value", [{ Key: "team" }], [stage]],
    ["of the value named", [team, { Key: "stage", Value: "other" }], [stage]],
    ["of every key", undefined, []],
  ])("are removed from many rules in one call, %s", async (_, named, left) => {
    await tag(ids, [team, stage]);
    await untag(ids, named);
    expect(await all()).toEqual(new Set([JSON.stringify(left)]));
  });
});
