import {
  AuthorizeSecurityGroupEgressCommand,
  CreateTagsCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
} from "@aws-sdk/client-ec2";
import { mockClient } from "aws-sdk-client-mock";
import { errorOf, failureOf, handlerOf } from "./handler";
import { OWNER, OWNER_TAG } from "./place";

const GROUP = "sg-0123456789abcdef0";
const ID = "sgr-0123456789abcdef0";
const REQUEST_ID = "59dbff89-35bd-4eac-99ed-be587EXAMPLE";

const WEB = {
  securityGroupId: GROUP,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: "10.0.0.0/16",
  region: "us-east-1",
  tagsAll: {},
  owner: OWNER,
};

const STATE = { ...WEB, securityGroupRuleId: ID, arn: `arn:aws:ec2:us-east-1:1:security-group-rule/${ID}` };

const RULE = {
  SecurityGroupRuleId: ID,
  GroupId: GROUP,
  IsEgress: true,
  IpProtocol: "tcp",
  FromPort: 443,
  ToPort: 443,
  CidrIpv4: "10.0.0.0/16",
  Tags: [{ Key: OWNER_TAG, Value: OWNER }],
};

const ec2 = mockClient(EC2Client);
const handler = handlerOf({ "aws:region": "us-east-1" });

beforeEach(() => ec2.reset());

/** An error as the SDK throws it. */
function refusal(code: string, httpStatusCode = 400): Error {
  const $metadata = { requestId: REQUEST_ID, httpStatusCode };
  return Object.assign(new Error(`EC2's words on ${code}`), { name: code, $metadata });
}

const CREDENTIALS = "Check the credentials in use: aws:profile, aws:accessKey or aws:assumeRoles";
const TAGS = "Check the tags of the rule, aws:defaultTags, and the tag policies";
const INPUT = "correct what its message names";
const BUSY = "run `pulumi up` again";
const LIST = "Check the prefix list's id, and that it is in us-east-1.";

describe("a create that fails with", () => {
  test.each<[string, number, string]>([
    ["InvalidPermission.Malformed", 400, INPUT],
    ["InvalidParameterValue", 400, INPUT],
    ["InvalidParameterCombination", 400, INPUT],
    ["MissingParameter", 400, INPUT],
    ["InvalidGroupId.Malformed", 400, "Check the group's id, and that it is in us-east-1."],
    ["InvalidPrefixListID.NotFound", 400, LIST],
    ["InvalidPrefixListId.Malformed", 400, LIST],
    ["RulesPerSecurityGroupLimitExceeded", 400, "raise the quota L-0EA8095F"],
    ["TagPolicyViolation", 400, TAGS],
    ["TagLimitExceeded", 400, TAGS],
    ["InvalidTagKey.Malformed", 400, TAGS],
    ["ConcurrentTagAccess", 400, BUSY],
    ["RequestLimitExceeded", 503, BUSY],
    ["Throttling", 400, BUSY],
    ["ThrottlingException", 400, BUSY],
    ["InternalError", 500, BUSY],
    ["ServiceUnavailable", 503, BUSY],
    ["Unavailable", 503, BUSY],
    ["UnauthorizedOperation", 403, "Allow ec2:AuthorizeSecurityGroupEgress to the credentials in use."],
    ["AuthFailure", 401, CREDENTIALS],
    ["ExpiredToken", 400, CREDENTIALS],
    ["InvalidClientTokenId", 403, CREDENTIALS],
    ["RequestExpired", 400, "Check this machine's clock too."],
  ])("%s says what failed, EC2's words, the request and what to do", async (code, status, remedy) => {
    ec2.on(AuthorizeSecurityGroupEgressCommand).rejects(refusal(code, status));
    const [said, todo] = (await failureOf(handler.create(WEB))).split("\n");
    expect(said).toBe(
      `authorizing tcp 443 to 10.0.0.0/16 on ${GROUP} (us-east-1): ${code}: EC2's words on ${code} (request id ${REQUEST_ID})`,
    );
    expect(todo).toContain(remedy);
    expect(ec2.commandCalls(AuthorizeSecurityGroupEgressCommand)).toHaveLength(1);
  });

  test("a code that nobody has heard of says it all the same", async () => {
    ec2.on(AuthorizeSecurityGroupEgressCommand).rejects(refusal("SomethingNew"));
    expect(await failureOf(handler.create(WEB))).toBe(
      `authorizing tcp 443 to 10.0.0.0/16 on ${GROUP} (us-east-1): SomethingNew: EC2's words on SomethingNew (request id ${REQUEST_ID})`,
    );
  });

  test("no answer of EC2 at all has no request id", async () => {
    const error = Object.assign(new Error("Could not load credentials"), {
      name: "CredentialsProviderError",
    });
    ec2.on(AuthorizeSecurityGroupEgressCommand).rejects(error);
    const [said, todo] = (await failureOf(handler.create(WEB))).split("\n");
    expect(said).toContain("(us-east-1): CredentialsProviderError: Could not load credentials");
    expect(said).not.toContain("request id");
    expect(todo).toContain(CREDENTIALS);
  });
});

describe("an update that fails with", () => {
  test.each([
    ["InvalidSecurityGroupRuleId.NotFound", "run `pulumi refresh`, then `pulumi up`"],
    ["InvalidSecurityGroupRuleId.Malformed", "run `pulumi refresh`, then `pulumi up`"],
    ["InvalidGroup.NotFound", "Check the group's id"],
    ["UnauthorizedOperation", "Allow ec2:ModifySecurityGroupRules to the credentials in use."],
  ])("%s names the rule, and what it was to be", async (code, remedy) => {
    ec2.on(ModifySecurityGroupRulesCommand).rejects(refusal(code));
    const [said, todo] = (await failureOf(handler.update(ID, STATE, { ...WEB, toPort: 444 }))).split("\n");
    expect(said).toBe(
      `changing rule ${ID} to tcp 443-444 to 10.0.0.0/16 on ${GROUP} (us-east-1): ${code}: EC2's words on ${code} (request id ${REQUEST_ID})`,
    );
    expect(todo).toContain(remedy);
  });

  test.each([
    ["TagPolicyViolation", TAGS],
    ["TagLimitExceeded", TAGS],
    ["ConcurrentTagAccess", BUSY],
    ["UnauthorizedOperation", "Allow ec2:CreateTags to the credentials in use."],
  ])("%s on its tags names the rule", async (code, remedy) => {
    ec2.on(CreateTagsCommand).rejects(refusal(code));
    const call = handler.update(ID, STATE, { ...WEB, tagsAll: { Team: "web" } });
    const [said, todo] = (await failureOf(call)).split("\n");
    expect(said).toContain(`tagging rule ${ID} (us-east-1): ${code}: EC2's words on ${code}`);
    expect(todo).toContain(remedy);
  });
});

test("a full group says how many rules it has, of each family", async () => {
  const rule = { ...RULE, IsEgress: true };
  const six = { ...rule, CidrIpv4: undefined, CidrIpv6: "2001:db8::/32" };
  const list = { ...rule, CidrIpv4: undefined, PrefixListId: "pl-0123456789abcdef0" };
  ec2.on(AuthorizeSecurityGroupEgressCommand).rejects(refusal("RulesPerSecurityGroupLimitExceeded"));
  ec2
    .on(DescribeSecurityGroupRulesCommand)
    .resolves({ SecurityGroupRules: [rule, rule, six, list, { ...rule, IsEgress: false }] });
  expect(await failureOf(handler.create(WEB))).toContain("has 3 rules for IPv4 and 2 for IPv6");
});

test("a neighbour that cannot be read does not hide the rule that is there", async () => {
  const broken = { ...RULE, IsEgress: true, SecurityGroupRuleId: "sgr-00000000000000bad", IpProtocol: "???" };
  const ours = { ...RULE, IsEgress: true, Tags: [] };
  ec2.on(AuthorizeSecurityGroupEgressCommand).rejects(refusal("InvalidPermission.Duplicate"));
  ec2.on(DescribeSecurityGroupRulesCommand).resolves({ SecurityGroupRules: [broken, ours] });
  expect(await failureOf(handler.create(WEB))).toContain(`It is ${ours.SecurityGroupRuleId}`);
});

describe("a read that fails with", () => {
  test.each([
    "InvalidSecurityGroupRuleId.NotFound",
    "InvalidSecurityGroupRuleId.Malformed",
    "InvalidGroup.NotFound",
    "InvalidSecurityGroupID.NotFound",
    "InvalidGroupId.Malformed",
  ])("%s finds the rule gone", async (code) => {
    ec2.on(DescribeSecurityGroupRulesCommand).rejects(refusal(code));
    expect(await handler.read(ID, STATE)).toEqual({ id: "", props: {} });
  });

  test.each([
    ["UnauthorizedOperation", "Allow ec2:DescribeSecurityGroupRules to the credentials in use."],
    ["RequestLimitExceeded", BUSY],
    ["ExpiredToken", CREDENTIALS],
  ])("%s does not: the rule stays in state", async (code, remedy) => {
    ec2.on(DescribeSecurityGroupRulesCommand).rejects(refusal(code));
    const [said, todo] = (await failureOf(handler.read(ID, STATE))).split("\n");
    expect(said).toContain(`reading rule ${ID} (us-east-1): ${code}`);
    expect(todo).toContain(remedy);
  });
});

describe("a delete that fails with", () => {
  beforeEach(() => ec2.on(DescribeSecurityGroupRulesCommand).resolves({ SecurityGroupRules: [RULE] }));

  test.each([
    "InvalidPermission.NotFound",
    "InvalidSecurityGroupRuleId.NotFound",
    "InvalidSecurityGroupRuleId.Malformed",
    "InvalidGroup.NotFound",
    "InvalidSecurityGroupID.NotFound",
  ])("%s, as the rule went just now, has succeeded", async (code) => {
    ec2.on(RevokeSecurityGroupEgressCommand).rejects(refusal(code));
    await expect(handler.delete(ID, STATE)).resolves.toBeUndefined();
    expect(ec2.commandCalls(RevokeSecurityGroupEgressCommand)).toHaveLength(1);
  });

  test.each([
    ["UnauthorizedOperation", "Allow ec2:RevokeSecurityGroupEgress to the credentials in use."],
    ["RequestLimitExceeded", BUSY],
  ])("%s has not: the rule stays in state", async (code, remedy) => {
    ec2.on(RevokeSecurityGroupEgressCommand).rejects(refusal(code));
    const [said, todo] = (await failureOf(handler.delete(ID, STATE))).split("\n");
    expect(said).toContain(`revoking rule ${ID} on ${GROUP} (us-east-1): ${code}`);
    expect(todo).toContain(remedy);
  });
});

test("an error prints as its message, without the stack of a program that has done nothing wrong", async () => {
  ec2.on(DescribeSecurityGroupRulesCommand).rejects(refusal("UnauthorizedOperation"));
  const error = await errorOf(handler.read(ID, STATE));
  // As the engine prints it.
  expect(`${error}: ${error.stack}`).toBe(`${error.message}: `);
});
