import {
  DescribeSecurityGroupRulesCommand,
  type DescribeSecurityGroupRulesRequest,
  type EC2Client,
  paginateDescribeSecurityGroupRules,
} from "@aws-sdk/client-ec2";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { hosts, idOf, ipv4, tcp } from "./rules";
import { authorize } from "./send";

let ec2: EC2Client;
let group: string;

beforeAll(async () => {
  ec2 = endpoint.client();
  [group = ""] = await endpoint.makeGroups(1);
  await authorize(ec2, group, [tcp(1, ipv4(...hosts(11)))]);
});

afterEach(() => endpoint.pages());

const ofGroup = () => [{ Name: "group-id", Values: [group] }];

async function sizes(request: DescribeSecurityGroupRulesRequest): Promise<number[]> {
  const found: string[][] = [];
  for await (const page of paginateDescribeSecurityGroupRules({ client: ec2 }, request)) {
    found.push((page.SecurityGroupRules ?? []).map(idOf));
  }
  expect(found.flat()).toEqual((await endpoint.rules(group)).map(idOf));
  return found.map(({ length }) => length);
}

describe("pages", () => {
  strictly("are of the size that is set, where none is asked for", async () => {
    await endpoint.pages(5);
    expect(await sizes({ Filters: ofGroup() })).toEqual([5, 5, 2]);
    await endpoint.pages(12);
    expect(await sizes({ Filters: ofGroup() })).toEqual([12]);
    await endpoint.pages();
    expect(await sizes({ Filters: ofGroup() })).toEqual([12]);
  });

  strictly("are of the smaller size, where one is asked for", async () => {
    await endpoint.pages(1);
    expect(await sizes({ Filters: ofGroup(), MaxResults: 5 })).toEqual(Array(12).fill(1));
    await endpoint.pages(10);
    expect(await sizes({ Filters: ofGroup(), MaxResults: 6 })).toEqual([6, 6]);
  });

  strictly("are not made of rules that are asked for by id", async () => {
    await endpoint.pages(5);
    const SecurityGroupRuleIds = (await endpoint.rules(group)).map(idOf);
    const { SecurityGroupRules, NextToken } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds }),
    );
    expect([SecurityGroupRules?.length, NextToken]).toEqual([12, undefined]);
  });

  strictly("are not made for the endpoint's own look-ups", async () => {
    await endpoint.pages(5);
    await endpoint.reset();
    await endpoint.rules(group);
    expect(await endpoint.count()).toEqual({ DescribeSecurityGroupRules: 1 });
  });
});
