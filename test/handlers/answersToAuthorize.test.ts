import {
  AuthorizeSecurityGroupEgressCommand,
  CreateTagsCommand,
  DescribeSecurityGroupRulesCommand,
  ModifySecurityGroupRulesCommand,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { fullTest } from "../fullTest";
import { known } from "../known";
import { ec2, GROUP, handler, holds, ID, RULE, WEB } from "./answering";
import { errorOf, failureOf, PROVIDER_LINE, type Props, plain } from "./handler";
import { CLAIM, OLD_CLAIM, OTHERS_CLAIM, OWNER_TAG } from "./place";

/** The claim that the handler requested for the rule. */
function claimAskedFor(): string {
  const [call] = ec2.commandCalls(AuthorizeSecurityGroupEgressCommand);
  const tags = call?.args[0].input.TagSpecifications?.[0]?.Tags ?? [];
  return known(tags.find(({ Key }) => Key === OWNER_TAG)?.Value);
}

/** A rule after EC2 has added the requested tags. */
const claimed = (rule = RULE, claim = claimAskedFor()): SecurityGroupRule => ({
  ...rule,
  Tags: [{ Key: OWNER_TAG, Value: claim }],
});

function refusal(name: string, message = "refused"): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
}

describe("an Authorize answer without the rule", () => {
  beforeEach(() => ec2.on(AuthorizeSecurityGroupEgressCommand).resolves({ Return: true }));

  test("causes a look-up by identity", async () => {
    ec2.on(DescribeSecurityGroupRulesCommand).callsFake(() => ({
      SecurityGroupRules: [
        claimed({ ...RULE, SecurityGroupRuleId: "sgr-0000000000000001", FromPort: 444, ToPort: 444 }),
        claimed({ ...RULE, SecurityGroupRuleId: "sgr-0000000000000002", IsEgress: false }),
        claimed({ ...RULE, SecurityGroupRuleId: "sgr-0000000000000003", CidrIpv4: "10.1.0.0/16" }),
        claimed(),
      ],
    }));
    const { id, outs } = await handler.create(WEB);
    expect(id).toBe(ID);
    expect(outs).toMatchObject({ securityGroupRuleId: ID, claim: claimAskedFor() });
    const [call] = ec2.commandCalls(DescribeSecurityGroupRulesCommand);
    expect(call?.args[0].input.Filters).toEqual([{ Name: "group-id", Values: [GROUP] }]);
  });

  test("causes a look-up through every page", async () => {
    ec2
      .on(DescribeSecurityGroupRulesCommand)
      .callsFake(({ NextToken }) =>
        NextToken === undefined
          ? { SecurityGroupRules: [{ ...RULE, CidrIpv4: "10.1.0.0/16" }], NextToken: "more" }
          : { SecurityGroupRules: [claimed()] },
      );
    expect(await handler.create(WEB)).toMatchObject({ id: ID });
  });

  test.each([
    ["no rule", () => holds()],
    ["another run's rule", () => holds(claimed(RULE, OLD_CLAIM))],
  ])("fails if the look-up shows %s, and says what the next `up` does", async (_, found) => {
    found();
    const message = await failureOf(handler.create(WEB));
    expect(message).toContain(`authorizing tcp 443 to 10.0.0.0/16 on ${GROUP}: EC2 accepted the rule`);
    expect(message).toContain("Run `pulumi up` again");
  });
});

describe.each([
  ["unclaimed", {}, "claimed by no stack", "To adopt it, set adopt: true."],
  [
    "another stack's",
    { Tags: [{ Key: OWNER_TAG, Value: OTHERS_CLAIM }] },
    'claimed by the stack "acme/shop/prod"',
    `That stack manages it: leave it there, or adopt it with an EgressRule that has adopt: "${ID}".`,
  ],
])("an existing rule, %s,", (_, tags, whose, remedy) => {
  const { owner: _owner, ...unclaimed } = WEB;
  const there = { ...RULE, ...tags };

  test.each([
    ["has no rule", [], WEB],
    ["shows it", [there], WEB],
    ["has no rule, and the stack claims nothing", [], unclaimed],
  ])("is not ours if the answer %s", async (_how, SecurityGroupRules, inputs) => {
    ec2.on(AuthorizeSecurityGroupEgressCommand).resolves({ Return: true, SecurityGroupRules });
    holds(there);
    const message = await failureOf(handler.create(inputs));
    expect(message).toContain(
      `authorizing tcp 443 to 10.0.0.0/16 on ${GROUP} (us-east-1): InvalidPermission.Duplicate`,
    );
    expect(message).toContain(`It is ${ID}: description none, tags none, ${whose}.`);
    expect(message).toContain(remedy);
  });

  test("is taken over if the program says so", async () => {
    ec2.on(AuthorizeSecurityGroupEgressCommand).resolves({ Return: true });
    ec2.on(CreateTagsCommand).resolves({});
    holds(there);
    const { outs } = await handler.create({ ...WEB, adopt: whose === "claimed by no stack" ? true : ID });
    expect(outs).toMatchObject({ securityGroupRuleId: ID, claim: CLAIM });
  });
});

test("a rule from an older run of the stack in the answer is taken over", async () => {
  const Tags = [{ Key: OWNER_TAG, Value: OLD_CLAIM }];
  ec2.on(AuthorizeSecurityGroupEgressCommand).resolves({ SecurityGroupRules: [{ ...RULE, Tags }] });
  ec2.on(CreateTagsCommand).resolves({});
  expect(await handler.create(WEB)).toMatchObject({ id: ID, outs: { claim: claimAskedFor() } });
  expect(ec2.commandCalls(CreateTagsCommand)).toHaveLength(1);
});

test("a description that the answer lacks is set", async () => {
  ec2.on(AuthorizeSecurityGroupEgressCommand).callsFake(async () => ({ SecurityGroupRules: [claimed()] }));
  ec2.on(ModifySecurityGroupRulesCommand).resolves({});
  expect(await handler.create({ ...WEB, description: "web" })).toMatchObject({
    outs: { description: "web" },
  });
  const [call] = ec2.commandCalls(ModifySecurityGroupRulesCommand);
  expect(call?.args[0].input.SecurityGroupRules?.[0]?.SecurityGroupRule).toMatchObject({
    Description: "web",
  });
});

describe("an Authorize answer with the rule but without the claim", () => {
  const WITH_TAGS = { ...WEB, tags: { Team: "web" }, tagsAll: { Team: "web" }, description: "web" };

  beforeEach(() => {
    const SecurityGroupRules = [{ ...RULE, Description: "web", Tags: [] }];
    ec2.on(AuthorizeSecurityGroupEgressCommand).resolves({ Return: true, SecurityGroupRules });
  });

  test("causes a CreateTags call for the claim and all tags", async () => {
    ec2.on(CreateTagsCommand).resolves({});
    const { id, outs } = await handler.create(WITH_TAGS);
    expect(id).toBe(ID);
    expect(outs).toMatchObject({ claim: claimAskedFor(), tags: { Team: "web" }, tagsAll: { Team: "web" } });
    const calls = ec2.commandCalls(CreateTagsCommand).map(({ args: [{ input }] }) => input);
    const Tags = [
      { Key: OWNER_TAG, Value: claimAskedFor() },
      { Key: "Team", Value: "web" },
    ];
    expect(calls).toEqual([{ Resources: [ID], Tags }]);
  });

  test("keeps the rule in state as it is, with the error, if CreateTags is refused", async () => {
    ec2.on(CreateTagsCommand).rejects(refusal("UnauthorizedOperation"));
    const error = await errorOf(handler.create({ ...WITH_TAGS, __provider: PROVIDER_LINE }));
    expect(error.message).toContain(`tagging rule ${ID} on ${GROUP}`);
    expect(error.message).toContain("Allow ec2:CreateTags");
    const { id, properties }: Props = { ...error };
    expect(id).toBe(ID);
    const { tags: _, ...untagged } = WITH_TAGS;
    expect(plain(properties)).toEqual({
      ...untagged,
      tagsAll: {},
      securityGroupRuleId: ID,
      arn: RULE.SecurityGroupRuleArn,
      __provider: PROVIDER_LINE,
    });
    // The next `up` completes the change.
    const { changes, replaces } = await handler.diff(ID, Object(properties), WITH_TAGS);
    expect([changes, replaces]).toEqual([true, []]);
  });

  test("is fine if the stack claims nothing", async () => {
    const { owner: _, ...unclaimed } = WEB;
    expect(await handler.create(unclaimed)).toMatchObject({ id: ID });
    expect(ec2.commandCalls(CreateTagsCommand)).toEqual([]);
  });
});

describe("a look-up after a refusal does not hide EC2's first error:", () => {
  const unclear = "UnauthorizedOperation";

  test.each<[string, string]>([
    ["RulesPerSecurityGroupLimitExceeded", "L-0EA8095F"],
    ["InvalidParameterValue", "correct what its message names"],
  ])("%s", async (code, remedy) => {
    ec2.on(AuthorizeSecurityGroupEgressCommand).rejects(refusal(code, "first"));
    ec2.on(DescribeSecurityGroupRulesCommand).rejects(refusal(unclear));
    const message = await failureOf(handler.create(WEB));
    expect(message).toContain(`authorizing tcp 443 to 10.0.0.0/16 on ${GROUP} (us-east-1): ${code}: first`);
    expect(message).toContain(remedy);
    expect(message).not.toContain(unclear);
  });

  test("a lost answer", async () => {
    const lost = Object.assign(refusal("InternalError", "first"), { $metadata: { httpStatusCode: 500 } });
    ec2.on(AuthorizeSecurityGroupEgressCommand).rejects(lost);
    ec2.on(DescribeSecurityGroupRulesCommand).rejects(refusal(unclear));
    const message = await failureOf(handler.create(WEB));
    expect(message).toContain("InternalError: first");
    expect(message).not.toContain(unclear);
  });

  test("a Duplicate, plus the reason why the existing rule could not be read", async () => {
    ec2.on(AuthorizeSecurityGroupEgressCommand).rejects(refusal("InvalidPermission.Duplicate", "first"));
    ec2.on(DescribeSecurityGroupRulesCommand).rejects(refusal(unclear));
    const message = await failureOf(handler.create(WEB));
    expect(message.split("\n")).toEqual([
      `authorizing tcp 443 to 10.0.0.0/16 on ${GROUP} (us-east-1): InvalidPermission.Duplicate: first`,
      `looking up tcp 443 to 10.0.0.0/16 on ${GROUP} (us-east-1): ${unclear}: refused`,
      "Allow ec2:DescribeSecurityGroupRules to the current credentials.",
    ]);
    expect(ec2.commandCalls(AuthorizeSecurityGroupEgressCommand)).toHaveLength(1);
  });
});

fullTest("a Duplicate that no look-up shows yet appears in EC2's words", async () => {
  ec2.on(AuthorizeSecurityGroupEgressCommand).rejects(refusal("InvalidPermission.Duplicate", "it is there"));
  holds();
  const message = await failureOf(handler.create({ ...WEB, adopt: true }));
  expect(message).toContain(`authorizing tcp 443 to 10.0.0.0/16 on ${GROUP}`);
  expect(message).toContain("InvalidPermission.Duplicate: it is there");
});
