import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut, type AllowOutArgs, type Destinations } from "../../index";
import { Group } from "../group";
import { mockPulumi, type Registered, resolved } from "./mocks";

const RULE = "pulumi-nodejs:dynamic/aws-egress:EgressRule";
const DB = "sg-0123456789abcdef0";
let registered: Registered[];

beforeEach(async () => {
  registered = await mockPulumi();
});

/** Makes the component, and returns its rules when all are registered. */
async function rulesOf(
  to: Destinations,
  args: Partial<AllowOutArgs> = {},
  opts?: pulumi.ComponentResourceOptions,
) {
  const component = new AllowHttpsOut("web", { securityGroup: "sg-00000000000000001", to, ...args }, opts);
  await resolved(component.ruleIds);
  return registered.filter(({ type }) => type === RULE);
}

test("makes a rule for tcp 443 to each destination, whatever its kind", async () => {
  const rules = await rulesOf(["10.0.0.0/16", "2001:db8::/32", "pl-0123456789abcdef0", DB]);
  const common = { securityGroupId: "sg-00000000000000001", ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  expect(rules.map(({ inputs }) => inputs)).toMatchObject([
    { ...common, cidrIpv4: "10.0.0.0/16" },
    { ...common, cidrIpv6: "2001:db8::/32" },
    { ...common, prefixListId: "pl-0123456789abcdef0" },
    { ...common, referencedSecurityGroupId: DB },
  ]);
});

test("names rules by what they are, so that order and spelling do not matter", async () => {
  const names = async (to: Destinations) => {
    registered = await mockPulumi();
    return (await rulesOf(to)).map(({ name }) => name).sort();
  };
  const expected = ["web-tcp-443-10.0.0.0/16", "web-tcp-443-2001-db8--/32", `web-tcp-443-${DB}`];
  expect(await names(["10.0.0.0/16", "2001:db8::/32", DB])).toEqual(expected);
  expect(await names([DB, "2001:DB8:0::1/32", "10.0.200.1/16", "10.0.0.0/16"])).toEqual(expected);
  expect(await names({ lan: "10.0.0.0/16", six: "2001:db8::/32", db: DB })).toEqual(expected);
});

test("names what is known only later by the record's key, by the resource, or by its place", async () => {
  const names = (rules: Registered[]) => rules.map(({ name }) => name).sort();
  const output = pulumi.output(DB);
  expect(names(await rulesOf({ db: output }))).toEqual(["web-tcp-443-db"]);
  registered = await mockPulumi();
  expect(names(await rulesOf([new Group("cache"), output, "10.0.0.0/16"]))).toEqual([
    "web-tcp-443-1",
    "web-tcp-443-10.0.0.0/16",
    "web-tcp-443-cache",
  ]);
});

test("takes a group as its id, as an Output, or as the resource", async () => {
  for (const securityGroup of [DB, pulumi.output(DB), { id: DB }, { id: pulumi.output(DB) }]) {
    registered = await mockPulumi();
    const [rule] = await rulesOf(["10.0.0.0/16"], { securityGroup });
    expect(rule?.inputs.securityGroupId).toBe(DB);
  }
  registered = await mockPulumi();
  const [rule] = await rulesOf([new Group("db")]);
  expect(rule?.inputs.referencedSecurityGroupId).toBe("db-id");
});

test("an Output comes to be the kind of destination that its value is", async () => {
  const rules = await rulesOf({
    lan: pulumi.output("10.0.0.0/16"),
    six: pulumi.output("::/0"),
    db: pulumi.output(DB),
  });
  expect(
    rules.map(({ inputs }) => [inputs.cidrIpv4, inputs.cidrIpv6, inputs.referencedSecurityGroupId]),
  ).toEqual([
    ["10.0.0.0/16", undefined, undefined],
    [undefined, "::/0", undefined],
    [undefined, undefined, DB],
  ]);
});

test("passes description, tags and Region on; without a description it says what it is", async () => {
  const [rule] = await rulesOf(["10.0.0.0/16"], {
    description: "updates",
    tags: { Team: "web" },
    region: "eu-west-1",
  });
  expect(rule?.inputs).toMatchObject({ description: "updates", tags: { Team: "web" }, region: "eu-west-1" });
  registered = await mockPulumi();
  expect((await rulesOf(["10.0.0.0/16"]))[0]?.inputs.description).toBe("HTTPS");
});

test("opens nothing by default", () => {
  for (const to of [[], {}]) {
    expect(() => new AllowHttpsOut("web", { securityGroup: DB, to })).toThrow(
      'AllowHttpsOut "web": "to" is empty: name a destination',
    );
  }
});

test("refuses two things under one name, and says how to tell them apart", () => {
  const groups = [new Group("db"), { id: DB }, new Group("db")];
  expect(() => new AllowHttpsOut("web", { securityGroup: DB, to: groups })).toThrow(
    '"to" leads to two different things named "db"',
  );
});

test.each<[string, () => Destinations]>([
  ["a resource and a bare Output", () => [new Group("1"), pulumi.output(DB)]],
  ["a record's key and a text", () => ({ "10.0.0.0/16": pulumi.output(DB), lan: "10.0.0.0/16" })],
])("refuses to let one destination hide another: %s", (_, to) => {
  expect(() => new AllowHttpsOut("web", { securityGroup: DB, to: to() })).toThrow(
    '"to" leads to two different things named',
  );
});

test("refuses an empty list among the destinations", () => {
  const to = { lan: "10.0.0.0/16", others: [] };
  expect(() => new AllowHttpsOut("web", { securityGroup: DB, to })).toThrow(
    '"to" holds an empty list at "others"',
  );
});

test("passes adopt on to its rules", async () => {
  const [rule] = await rulesOf(["10.0.0.0/16"], { adopt: true });
  expect(rule?.inputs.adopt).toBe(true);
});

test("gives the ids of its rules, and the rules by what they are", async () => {
  const component = new AllowHttpsOut("web", { securityGroup: DB, to: ["10.0.0.0/16", "10.1.0.0/16"] });
  expect(await resolved(component.ruleIds)).toEqual([
    "sgr-of-web-tcp-443-10.0.0.0/16",
    "sgr-of-web-tcp-443-10.1.0.0/16",
  ]);
  expect(Object.keys(component.rules)).toEqual(["tcp-443-10.0.0.0/16", "tcp-443-10.1.0.0/16"]);
});

describe("the stack that claims the rules", () => {
  test.each([
    [undefined, "shop/test"],
    ["organization", "shop/test"],
    ["acme", "acme/shop/test"],
  ])("in the organization %s is %s", async (organization, owner) => {
    registered = await mockPulumi({}, organization);
    const [rule] = await rulesOf(["10.0.0.0/16"]);
    expect(rule?.inputs.owner).toBe(owner);
  });

  test("is left out where aws-egress:ownership is false", async () => {
    registered = await mockPulumi({ "aws-egress:ownership": "false" });
    const [rule] = await rulesOf(["10.0.0.0/16"]);
    expect(rule?.inputs.owner).toBeUndefined();
  });
});
