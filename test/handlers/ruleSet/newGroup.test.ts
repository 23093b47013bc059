import {
  AuthorizeSecurityGroupEgressCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  RevokeSecurityGroupEgressCommand,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { mockClient } from "aws-sdk-client-mock";
import { makeEgressRuleSet } from "../../../provider/handlers/egressRuleSet";
import { handlerOf, type Props } from "../handler";
import { STACK } from "../place";

const GROUP = "sg-0123456789abcdef0";
const DEFAULT: SecurityGroupRule = {
  SecurityGroupRuleId: "sgr-00000000000000001",
  GroupId: GROUP,
  IsEgress: true,
  IpProtocol: "-1",
  FromPort: -1,
  ToPort: -1,
  CidrIpv4: "0.0.0.0/0",
};
const OWN: SecurityGroupRule = {
  ...DEFAULT,
  SecurityGroupRuleId: "sgr-00000000000000002",
  IpProtocol: "tcp",
  FromPort: 443,
  ToPort: 443,
  CidrIpv4: "10.0.0.0/8",
};

const ec2 = mockClient(EC2Client);
/** The rules of the group, once it is visible. */
let rules: SecurityGroupRule[];
let isVisible: boolean;

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(console, "error").mockImplementation(() => {});
  ec2.reset();
  rules = [DEFAULT];
  isVisible = false;
  // Like EC2: a filter that matches nothing is no error.
  ec2
    .on(DescribeSecurityGroupRulesCommand)
    .callsFake(async () => ({ SecurityGroupRules: isVisible ? [...rules] : [] }));
  ec2.on(DescribeSecurityGroupsCommand).callsFake(async () => seen({}));
  ec2.on(AuthorizeSecurityGroupEgressCommand).callsFake(async ({ TagSpecifications: [sent] }) => {
    seen({});
    const own = { ...OWN, Tags: sent.Tags };
    rules.push(own);
    return { SecurityGroupRules: [own] };
  });
  ec2.on(RevokeSecurityGroupEgressCommand).callsFake(async ({ SecurityGroupRuleIds: ids = [] }) => {
    rules = rules.filter(({ SecurityGroupRuleId: id = "" }) => !ids.includes(id));
    return {};
  });
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

function seen<T>(answer: T): T {
  if (isVisible) return answer;
  throw Object.assign(new Error(`The security group '${GROUP}' does not exist`), {
    name: "InvalidGroup.NotFound",
  });
}

/** A create in progress, and its results so far. */
function creating(more: Props) {
  const state: { made?: Props; error?: Error } = {};
  const inputs = { securityGroupId: GROUP, region: "us-east-1", owner: STACK, rules: {}, ...more };
  handlerOf({ "aws:region": "us-east-1" }, makeEgressRuleSet())
    .create(inputs)
    .then(
      (made) => {
        state.made = { ...made };
      },
      (error) => {
        state.error = error;
      },
    );
  return state;
}

const RULES = { "tcp 443 to 10.0.0.0/8": {} };
const idsLeft = () => rules.map(({ SecurityGroupRuleId: id }) => id);

test.each<[string, Props, string[]]>([
  ["a set", { rules: RULES }, ["sgr-00000000000000001", "sgr-00000000000000002"]],
  [
    "an exclusive set, which takes away what nobody had seen before",
    { rules: RULES, exclusive: true },
    ["sgr-00000000000000002"],
  ],
  ["an empty exclusive set", { exclusive: true }, []],
])("a set waits for a new group: %s", async (_, args, left) => {
  const state = creating(args);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(state).toEqual({});
  isVisible = true;
  await jest.advanceTimersByTimeAsync(10_000);
  expect(state).toMatchObject({ made: { id: GROUP } });
  expect(idsLeft()).toEqual(left);
});

test.each<[string, Props]>([
  ["a set", { rules: RULES }],
  ["an exclusive set", { rules: RULES, exclusive: true }],
  ["an empty exclusive set", { exclusive: true }],
])("a set waits once, two minutes, for a group that does not appear, then fails: %s", async (_, args) => {
  const state = creating(args);
  await jest.advanceTimersByTimeAsync(100_000);
  expect(state).toEqual({});
  await jest.advanceTimersByTimeAsync(20_000);
  expect(state.error?.message).toContain("InvalidGroup.NotFound");
  expect(state.error?.message).toContain("Check the group's id and that it is in us-east-1.");
  expect(state.error).not.toHaveProperty("id");
});

const KEPT: SecurityGroupRule = { ...DEFAULT, Tags: [{ Key: "aws:cloudformation:stack-id", Value: "eks" }] };

test("a controller's rule on a new group is an error that names the controller, and stays", async () => {
  rules = [KEPT];
  const state = creating({ rules: RULES, exclusive: true });
  isVisible = true;
  await jest.advanceTimersByTimeAsync(10_000);
  expect(state.error?.message).toContain(
    'sgr-00000000000000001, all traffic to 0.0.0.0/0, managed by a controller: tag "aws:cloudformation:stack-id"',
  );
  expect(idsLeft()).toContain("sgr-00000000000000001");
});

test("a set that refuses strangers waits for a new group before it creates anything", async () => {
  const state = creating({ rules: RULES, strangers: "refuse" });
  await jest.advanceTimersByTimeAsync(60_000);
  expect(state).toEqual({});
  isVisible = true;
  await jest.advanceTimersByTimeAsync(10_000);
  expect(state.error?.message).toContain("The set refuses rules that it does not declare");
  expect(idsLeft()).toEqual(["sgr-00000000000000001"]);
});

test("an exclusive set looks again if a new group shows no rules at first", async () => {
  isVisible = true;
  let looks = 0;
  // The set's new rules are not visible yet.
  ec2
    .on(DescribeSecurityGroupRulesCommand)
    .callsFake(async () => ({ SecurityGroupRules: looks++ === 0 ? [] : [DEFAULT] }));
  const state = creating({ rules: RULES, exclusive: true });
  await jest.advanceTimersByTimeAsync(1_000);
  expect(state).toMatchObject({ made: { id: GROUP } });
  expect(idsLeft()).toEqual(["sgr-00000000000000002"]);
});
