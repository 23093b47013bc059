import { UNKNOWN } from "../../provider/rule/unknown";
import { check, failuresOf, REGION, WEB } from "./checking";
import { STACK } from "./place";

describe("good arguments", () => {
  test("return in canonical form, with the stack's additions", async () => {
    const { inputs, failures } = await check(
      {
        securityGroupId: "sg-0123456789abcdef0",
        ipProtocol: 6,
        fromPort: "443",
        toPort: "443",
        cidrIpv4: "100.68.0.18/18",
        description: "package updates",
        tags: { Team: "web", Area: 7 },
        adopt: "true",
        owner: STACK,
      },
      { ...REGION, "aws:defaultTags": JSON.stringify({ tags: { Cost: 1, Live: true, Team: "all" } }) },
    );
    expect(failures).toEqual([]);
    expect(inputs).toEqual({
      securityGroupId: "sg-0123456789abcdef0",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "100.68.0.0/18",
      description: "package updates",
      tags: { Area: "7", Team: "web" },
      tagsAll: { Area: "7", Cost: "1", Live: "true", Team: "web" },
      region: "us-east-1",
      adopt: true,
      owner: STACK,
    });
  });

  test("return nothing that they do not specify", async () => {
    const { inputs } = await check(WEB);
    expect(inputs).toEqual({ ...WEB, region: "us-east-1", tagsAll: {} });
  });

  test("return unchanged from another check", async () => {
    const { inputs } = await check({ ...WEB, tags: { Team: "web" }, adopt: true, owner: STACK });
    expect((await check(inputs)).inputs).toEqual(inputs);
  });

  test("split the account from a group's id", async () => {
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
  ])("accept adopt as %s", async (_, adopt, taken) => {
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
  ])("pass while %s is unknown, and keep it unknown", async (property) => {
    const { inputs, failures } = await check({ ...WEB, [property]: UNKNOWN });
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject({ [property]: UNKNOWN });
  });

  test("leave all tags unknown while their own tags are", async () => {
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
  test("fail all at once, each with its property, its value and the remedy", async () => {
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
    expect(told.adopt).toBe('must be true or a rule id (sgr-…); got "sg-0123456789abcdef0"');
    expect(told.region).toBe('"us-east" is not an AWS Region: use one like "eu-west-1"');
  });

  test("return unchanged, for the engine to show", async () => {
    const { inputs } = await check({ ...WEB, fromPort: 70000 });
    expect(inputs).toMatchObject({ ...WEB, fromPort: 70000 });
  });

  test("report failures of the program's other rules too", async () => {
    const others = 'other rules of this program have problems, too:\n  EgressRule "b": toPort is missing';
    const { failures } = await check({ ...WEB, fromPort: 70000, __program: { alsoWrong: others } });
    expect(failures.map(({ property }) => property)).toEqual(["fromPort", ""]);
    expect(failures.at(-1)?.reason).toBe(others);
  });

  test("do not fail a good rule, and its inputs omit the line", async () => {
    const { inputs, failures } = await check({ ...WEB, __program: { alsoWrong: "something" } });
    expect(failures).toEqual([]);
    expect(inputs).not.toHaveProperty("__program");
  });

  test.each([
    [49, STACK, undefined],
    [50, STACK, "has 50 entries with those of aws:defaultTags: keep at most 49"],
    [50, undefined, undefined],
    [51, undefined, "keep at most 50"],
  ])("%d tags of the stack %s", async (count, owner, reason) => {
    const tags = Object.fromEntries(Array.from({ length: count - 1 }, (_, index) => [`Tag${index}`, "1"]));
    const config = { ...REGION, "aws:defaultTags": JSON.stringify({ tags: { Default: "1" } }) };
    const told = await failuresOf({ ...WEB, tags, ...(owner === undefined ? {} : { owner }) }, config);
    expect(told).toEqual(reason === undefined ? {} : { tags: expect.stringContaining(reason) });
  });
});
