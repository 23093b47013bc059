import { UNKNOWN } from "../../provider/rule/unknown";
import { withoutAwsEnvironment } from "./environment";
import { handlerOf, PROVIDER_LINE, type Props, type StackConfig } from "./handler";
import { OWNER } from "./place";

const REGION = { "aws:region": "us-east-1" };

const WEB = {
  securityGroupId: "sg-0123456789abcdef0",
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: "10.0.0.0/16",
};

const check = (args: Props, config: StackConfig = REGION) =>
  handlerOf(config).check({}, { ...args, __provider: PROVIDER_LINE });

async function failuresOf(args: Props, config: StackConfig = REGION): Promise<Props> {
  const { failures } = await check(args, config);
  return Object.fromEntries(failures.map(({ property, reason }) => [property, reason]));
}

describe("good arguments", () => {
  test("come back in canonical form, with what the stack adds", async () => {
    const { inputs, failures } = await check(
      {
        securityGroupId: "sg-0123456789abcdef0",
        ipProtocol: 6,
        fromPort: "443",
        toPort: "443",
        cidrIpv4: "100.68.0.18/18",
        description: "package updates",
        tags: { Team: "web", Area: "shop" },
        adopt: "true",
        owner: OWNER,
      },
      { ...REGION, "aws:defaultTags": JSON.stringify({ tags: { Cost: "1", Team: "all" } }) },
    );
    expect(failures).toEqual([]);
    expect(inputs).toEqual({
      securityGroupId: "sg-0123456789abcdef0",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "100.68.0.0/18",
      description: "package updates",
      tags: { Area: "shop", Team: "web" },
      tagsAll: { Area: "shop", Cost: "1", Team: "web" },
      region: "us-east-1",
      adopt: true,
      owner: OWNER,
    });
  });

  test("come back bare where nothing more is said", async () => {
    const { inputs } = await check(WEB);
    expect(inputs).toEqual({ ...WEB, region: "us-east-1", tagsAll: {} });
  });

  test("come back the same when checked again", async () => {
    const { inputs } = await check({ ...WEB, tags: { Team: "web" }, adopt: true, owner: OWNER });
    expect((await check(inputs)).inputs).toEqual(inputs);
  });

  test("take the account of a group apart", async () => {
    const { cidrIpv4: _, ...rule } = WEB;
    const { inputs } = await check({
      ...rule,
      referencedSecurityGroupId: "210987654321/sg-0fedcba9876543210",
    });
    expect(inputs).toMatchObject({
      referencedSecurityGroupId: "sg-0fedcba9876543210",
      referencedSecurityGroupOwnerId: "210987654321",
    });
  });

  test.each([
    ["false", false, undefined],
    ['"false", as configuration says it', "false", undefined],
    ["the id of a rule", "sgr-0123456789abcdef0", "sgr-0123456789abcdef0"],
  ])("take adopt as %s", async (_, adopt, taken) => {
    const { inputs, failures } = await check({ ...WEB, adopt });
    expect(failures).toEqual([]);
    expect(inputs.adopt).toBe(taken);
  });

  test.each([
    ["securityGroupId"],
    ["ipProtocol"],
    ["fromPort"],
    ["cidrIpv4"],
    ["description"],
    ["tags"],
    ["region"],
    ["adopt"],
    ["owner"],
  ])("pass while %s is not known yet, and keep it so", async (property) => {
    const { inputs, failures } = await check({ ...WEB, [property]: UNKNOWN });
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject({ [property]: UNKNOWN });
  });

  test("do not know all tags while they do not know their own", async () => {
    const { inputs } = await check(
      { ...WEB, tags: { Team: UNKNOWN } },
      {
        ...REGION,
        "aws:defaultTags": JSON.stringify({ tags: { Cost: "1" } }),
      },
    );
    expect(inputs).toMatchObject({ tags: { Team: UNKNOWN } });
    expect(JSON.stringify(inputs.tagsAll)).toContain(UNKNOWN);
  });
});

describe("bad arguments", () => {
  test("fail all at once, each with its property, its value and what to do", async () => {
    const args = {
      securityGroupId: "web",
      ipProtocol: "tpc",
      fromPort: 70000,
      toPort: 443,
      cidrIpv4: "10.0.0.0",
      cidrIpv6: "10.0.0.0/16",
      description: "it's",
      tags: { "aws:x": "1" },
      region: "us-east",
      adopt: "sg-0123456789abcdef0",
      cidrBlocks: ["10.0.0.0/16"],
    };
    const { failures } = await check(args);
    expect(failures.map(({ property }) => property).sort()).toEqual([
      "adopt",
      "cidrBlocks",
      "cidrIpv4",
      "cidrIpv6",
      "cidrIpv6",
      "description",
      "fromPort",
      "ipProtocol",
      "region",
      "securityGroupId",
      'tags["aws:x"]',
    ]);
    const told = await failuresOf(args);
    expect(told.securityGroupId).toContain('"web" is not the id of a security group');
    expect(told.cidrIpv4).toContain('did you mean "10.0.0.0/32"?');
    expect(told.adopt).toBe('"sg-0123456789abcdef0" is neither true nor the id of a rule, "sgr-…"');
    expect(told.region).toBe('"us-east" is not an AWS Region: it looks like "eu-west-1"');
  });

  test("come back as they were given, for the engine to show", async () => {
    const { inputs } = await check({ ...WEB, fromPort: 70000 });
    expect(inputs).toMatchObject({ ...WEB, fromPort: 70000 });
  });

  test("tell what is wrong with other rules of the program too", async () => {
    const others = 'so have other rules of this program:\n  EgressRule "b": toPort is missing';
    const { failures } = await check({ ...WEB, fromPort: 70000, __program: { alsoWrong: others } });
    expect(failures.map(({ property }) => property)).toEqual(["fromPort", ""]);
    expect(failures.at(-1)?.reason).toBe(others);
  });

  test("are no reason to refuse a good rule, nor does the line stay in its inputs", async () => {
    const { inputs, failures } = await check({ ...WEB, __program: { alsoWrong: "something" } });
    expect(failures).toEqual([]);
    expect(inputs).not.toHaveProperty("__program");
  });

  test.each([
    [49, OWNER, undefined],
    [50, OWNER, "50 of them, with those of aws:defaultTags, are more than EC2 has room for: keep at most 49"],
    [50, undefined, undefined],
    [51, undefined, "keep at most 50"],
  ])("%d tags with the mark %s", async (count, owner, reason) => {
    const tags = Object.fromEntries(Array.from({ length: count - 1 }, (_, index) => [`Tag${index}`, "1"]));
    const config = { ...REGION, "aws:defaultTags": JSON.stringify({ tags: { Default: "1" } }) };
    const told = await failuresOf({ ...WEB, tags, ...(owner === undefined ? {} : { owner }) }, config);
    expect(told).toEqual(reason === undefined ? {} : { tags: expect.stringContaining(reason) });
  });
});

describe("the Region", () => {
  withoutAwsEnvironment();

  const regionOf = async (args: Props, config: StackConfig) =>
    (await check({ ...WEB, ...args }, config)).inputs.region;

  test("is the resource's own first", async () => {
    expect(await regionOf({ region: "eu-west-1" }, REGION)).toBe("eu-west-1");
  });

  test("is the stack's next, whatever the environment says", async () => {
    process.env.AWS_REGION = "eu-west-2";
    expect(await regionOf({}, REGION)).toBe("us-east-1");
  });

  test("is AWS_REGION next, then AWS_DEFAULT_REGION", async () => {
    process.env.AWS_DEFAULT_REGION = "eu-west-3";
    expect(await regionOf({}, {})).toBe("eu-west-3");
    process.env.AWS_REGION = "eu-west-2";
    expect(await regionOf({}, {})).toBe("eu-west-2");
  });

  test("is not one that is set to nothing", async () => {
    process.env.AWS_REGION = "";
    process.env.AWS_DEFAULT_REGION = "eu-west-3";
    expect(await regionOf({}, { "aws:region": "" })).toBe("eu-west-3");
  });

  test("is asked for where none is set", async () => {
    const { failures } = await check(WEB, {});
    expect(failures).toEqual([
      {
        property: "region",
        reason: "is not known: set aws:region in the stack's configuration, or AWS_REGION",
      },
    ]);
  });
});

describe("a bad configuration", () => {
  const SECRET = "wJalrXUtnFEMI";

  test.each<[string, StackConfig, string, string]>([
    ["aws:region", { "aws:region": "us-east" }, "aws:region", '"us-east" is not an AWS Region'],
    [
      "aws:endpoints, not JSON",
      { "aws:endpoints": `https://user:${SECRET}@ec2` },
      "aws:endpoints",
      "is not JSON: set it with `pulumi config set --path`",
    ],
    [
      "aws:endpoints, no records",
      { "aws:endpoints": `["${SECRET}"]` },
      "aws:endpoints",
      'write it like [{"ec2": "https://…"}]',
    ],
    [
      "aws:endpoints, no URL",
      { "aws:endpoints": `[{"ec2": "user:${SECRET}@:x"}]` },
      "aws:endpoints.ec2",
      "is not a URL: write it like https://ec2.example.com",
    ],
    [
      "aws:endpoints, no scheme",
      { "aws:endpoints": '{"ec2": "localhost:4566"}' },
      "aws:endpoints.ec2",
      "is not a URL",
    ],
    ["aws:endpoints, a number", { "aws:endpoints": '{"sts": 1}' }, "aws:endpoints.sts", "is not a URL"],
    ["aws:defaultTags, not JSON", { "aws:defaultTags": "Team" }, "aws:defaultTags", "is not JSON"],
    [
      "aws:defaultTags, no record",
      { "aws:defaultTags": '["Team"]' },
      "aws:defaultTags",
      "is not of the form",
    ],
    [
      "aws:defaultTags, no text",
      { "aws:defaultTags": '{"tags": {"Cost": 1}}' },
      'aws:defaultTags.tags["Cost"]',
      "1 is not text: put it in quotes",
    ],
    [
      "aws:defaultTags, AWS's own",
      { "aws:defaultTags": '{"tags": {"aws:x": "1"}}' },
      'aws:defaultTags.tags["aws:x"]',
      "belong to AWS",
    ],
    [
      "aws:maxRetries",
      { "aws:maxRetries": "many" },
      "aws:maxRetries",
      '"many" is not a number of retries, 0 or more',
    ],
    [
      "aws:maxRetries, below 0",
      { "aws:maxRetries": "-1" },
      "aws:maxRetries",
      '"-1" is not a number of retries',
    ],
    [
      "aws:assumeRoles, not JSON",
      { "aws:assumeRoles": `{externalId: ${SECRET}` },
      "aws:assumeRoles",
      "is not JSON",
    ],
    [
      "aws:assumeRoles, no list",
      { "aws:assumeRoles": `{"externalId": "${SECRET}"}` },
      "aws:assumeRoles",
      'is not a list of roles: write it like [{"roleArn": "arn:…"}]',
    ],
    [
      "aws:assumeRoles, without a role",
      { "aws:assumeRoles": `[{"roleArn": "arn:aws:iam::1:role/a"}, {"externalId": "${SECRET}"}]` },
      "aws:assumeRoles[1].roleArn",
      "is missing",
    ],
    ["aws:accessKey alone", { "aws:accessKey": SECRET }, "aws:secretKey", "is missing beside aws:accessKey"],
    ["aws:secretKey alone", { "aws:secretKey": SECRET }, "aws:accessKey", "is missing beside aws:secretKey"],
    [
      "aws-egress:preflight",
      { "aws-egress:preflight": "yes" },
      "aws-egress:preflight",
      '"yes" is neither true nor false',
    ],
  ])("%s: the failure names the key, and prints no credential", async (_, config, property, reason) => {
    const { failures } = await check(WEB, { ...REGION, ...config });
    expect(failures).toEqual([{ property, reason: expect.stringContaining(reason) }]);
    expect(JSON.stringify(failures)).not.toContain(SECRET);
  });

  test("is told all at once, and before anything about the rule", async () => {
    const told = await failuresOf(
      { ...WEB, fromPort: 70000 },
      { "aws:region": "us", "aws:maxRetries": "x", "aws:endpoints": "x" },
    );
    expect(Object.keys(told).sort()).toEqual(["aws:endpoints", "aws:maxRetries", "aws:region"]);
  });

  test("fails the other verbs with the same words", async () => {
    const handler = handlerOf({ ...REGION, "aws:maxRetries": "many" });
    const reason = 'reading the stack\'s configuration: aws:maxRetries "many" is not a number of retries';
    const id = "sgr-0123456789abcdef0";
    await expect(handler.create(WEB)).rejects.toThrow(reason);
    await expect(handler.read(id, { region: "us-east-1" })).rejects.toThrow(reason);
    await expect(handler.update(id, WEB, WEB)).rejects.toThrow(reason);
    await expect(handler.delete(id, WEB)).rejects.toThrow(reason);
  });
});
