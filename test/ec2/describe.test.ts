import {
  type AuthorizeSecurityGroupEgressRequest,
  DescribeSecurityGroupRulesCommand,
  type DescribeSecurityGroupRulesRequest,
  type EC2Client,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { hosts, idOf, inOrder, ipv4, refusal, tcp, unknownGroup, unknownRule } from "./rules";
import { authorize } from "./send";

let ec2: EC2Client;
let group: string;
let other: string;

beforeAll(async () => {
  ec2 = endpoint.client();
  await endpoint.quota(1000);
});

beforeEach(async () => {
  [group, other] = (await endpoint.makeNetwork()).groupIds;
});

async function find(request: DescribeSecurityGroupRulesRequest): Promise<SecurityGroupRule[]> {
  return (await ec2.send(new DescribeSecurityGroupRulesCommand(request))).SecurityGroupRules ?? [];
}

describe("a page", () => {
  async function page(size: number, token?: string) {
    const command = new DescribeSecurityGroupRulesCommand({
      MaxResults: size,
      Filters: [{ Name: "group-id", Values: [group] }],
      ...(token !== undefined && { NextToken: token }),
    });
    return ec2.send(command);
  }

  strictly.each([
    [11, 5, [5, 5, 2]],
    [599, 200, [200, 200, 200]],
  ])(
    "of %i rules and the first is of the size asked for, %i, and none is after the last",
    async (count, size, sizes) => {
      await authorize(ec2, group, [tcp(1, ipv4(...hosts(count)))]);
      const pages: SecurityGroupRule[][] = [];
      for (let token: string | undefined, more = true; more; more = token !== undefined) {
        const answer = await page(size, token);
        pages.push(answer.SecurityGroupRules ?? []);
        token = answer.NextToken;
      }
      expect(pages.map(({ length }) => length)).toEqual(sizes);
      expect(pages.flat()).toEqual(await endpoint.rules(group));
    },
  );

  strictly.each([0, 4, 1001])("of %i is refused", async (size) => {
    expect(await refusal(page(size))).toMatch(/^InvalidParameterValue: .*maxResults/);
  });

  strictly("is refused with a token that was never given", async () => {
    expect(await refusal(page(5, "no token"))).toMatch(/^InvalidNextToken/);
  });

  strictly("is refused where rules are asked for by id", async () => {
    const SecurityGroupRuleIds = (await endpoint.rules(group)).map(idOf);
    expect(await refusal(find({ SecurityGroupRuleIds, MaxResults: 5 }))).toMatch(
      /^InvalidParameterCombination: /,
    );
  });
});

describe("rule ids", () => {
  test("find their rules, without a filter", async () => {
    const rules = await authorize(ec2, group, [tcp(1, ipv4(...hosts(3)))]);
    const ids = rules.slice(0, 2).map(idOf);
    expect((await find({ SecurityGroupRuleIds: ids })).map(idOf).sort()).toEqual(ids.sort());
  });

  strictly("find as many as there are, across groups, each once, in an order of EC2's own", async () => {
    await authorize(ec2, group, [tcp(1, ipv4(...hosts(199)))]);
    const rules = [...(await endpoint.rules(group)), ...(await endpoint.rules(other))];
    const ids = rules.map(idOf);
    const found = await find({ SecurityGroupRuleIds: [...ids, ...ids] });
    expect(found.map(idOf)).not.toEqual(ids);
    expect(inOrder(found)).toEqual(inOrder(rules));
  });

  strictly("that are unknown are all named, and nothing is found", async () => {
    const ids = (await endpoint.rules(group)).map(idOf);
    const another = "sgr-0123456789abcdef1";
    expect(await refusal(find({ SecurityGroupRuleIds: [unknownRule, ...ids, another] }))).toBe(
      `InvalidSecurityGroupRuleId.NotFound: The security group rule IDs '${unknownRule}, ${another}' do not exist`,
    );
  });

  strictly("are narrowed down by a filter", async () => {
    const [rule] = await endpoint.rules(group);
    const ids = [...(await endpoint.rules(other)).map(idOf), idOf(known(rule))];
    const Filters = [{ Name: "group-id", Values: [group] }];
    expect(await find({ SecurityGroupRuleIds: ids, Filters })).toEqual([rule]);
  });
});

describe("a filter", () => {
  strictly("that is unknown is refused", async () => {
    expect(await refusal(find({ Filters: [{ Name: "cidr", Values: ["10.0.0.0/8"] }] }))).toBe(
      "InvalidParameterValue: The filter 'cidr' is invalid",
    );
  });

  test("by tag finds rules in a group", async () => {
    const tagged = (value: string): Partial<AuthorizeSecurityGroupEgressRequest> => ({
      TagSpecifications: [{ ResourceType: "security-group-rule", Tags: [{ Key: "team", Value: value }] }],
    });
    const [rule] = await authorize(ec2, group, [tcp(1, ipv4("10.1.0.0/16"))], tagged("a"));
    await authorize(ec2, group, [tcp(1, ipv4("10.2.0.0/16"))], tagged("b"));
    await authorize(ec2, other, [tcp(1, ipv4("10.3.0.0/16"))], tagged("a"));
    const Filters = [
      { Name: "group-id", Values: [group] },
      { Name: "tag:team", Values: ["a"] },
    ];
    expect((await find({ Filters })).map(idOf)).toEqual([idOf(known(rule))]);
  });

  test("by group finds nothing in one that is not there", async () => {
    expect(await endpoint.rules(unknownGroup)).toEqual([]);
  });

  test("by group finds the rules of several", async () => {
    const Filters = [{ Name: "group-id", Values: [group, other] }];
    const rules = [...(await endpoint.rules(group)), ...(await endpoint.rules(other))];
    expect((await find({ Filters })).map(idOf).sort()).toEqual(rules.map(idOf).sort());
  });
});
