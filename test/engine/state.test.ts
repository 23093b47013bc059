import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut, EgressRule } from "../../index";
import { fullTest } from "../fullTest";
import { endpoint } from "../world";
import { declaredRules } from "./declaredRules";
import { LAN } from "./lan";
import { newStack } from "./newStack";

let web: string;
let database: string;

beforeEach(async () => {
  [web, database] = (await endpoint.makeNetwork()).groupIds;
});
afterEach(() => endpoint.deny([]));

test("holds one line of code, no credentials, no endpoint, and nothing undefined", async () => {
  const stack = await newStack({
    config: {
      "aws:region": "us-east-1",
      "aws:accessKey": "PLANTEDKEY",
      "aws:secretKey": "PLANTEDSECRET",
      "aws:token": "PLANTEDTOKEN",
      "aws:endpoints": JSON.stringify([{ ec2: endpoint.url }]),
    },
    env: { AWS_ENDPOINT_URL: "", AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", AWS_REGION: "" },
  });
  const ran = await stack.up(async () => {
    new EgressRule("to-lan", { securityGroupId: web, ...LAN });
  });
  expect(ran.ok).toBe(true);
  const [rule] = await stack.resources();
  for (const props of [rule?.inputs ?? {}, rule?.outputs ?? {}]) {
    const { __provider: line, ...others } = props;
    expect(line).toBe(
      'exports.handler = () => require(require.resolve("pulumi-aws-egress/handlers", { paths: [process.cwd(), require.main?.path ?? ""] })).egressRule;',
    );
    expect(String(line).length).toBeLessThanOrEqual(300);
    const values = Object.values(others);
    expect(values).not.toContain(undefined);
    expect(values).not.toContain(null);
    for (const planted of ["PLANTED", endpoint.url]) expect(JSON.stringify(props)).not.toContain(planted);
  }
  expect(await stack.state()).not.toContain("PLANTED");
  expect(ran.printed).not.toContain("PLANTED");
});

test("secrets stay secret, a rename with aliases is no change, and the next up continues a half-failed update", async () => {
  const stack = await newStack();
  const secret = { cidrIpv4: pulumi.secret("10.77.0.0/16"), tags: { Team: pulumi.secret("hush-hush") } };
  const program =
    (description: string, team: string, name: string, aliases: pulumi.Alias[] = []) =>
    async () => {
      new EgressRule("secret", { securityGroupId: web, ...LAN, ...secret });
      new EgressRule(name, { securityGroupId: web, ...LAN, cidrIpv4: "10.1.0.0/16" }, { aliases });
      new EgressRule("to-lan", { securityGroupId: database, ...LAN, description, tags: { Team: team } });
    };
  await stack.up(program("one", "web", "old"));
  expect(await declaredRules(web)).toHaveLength(2);
  await endpoint.reset();
  await endpoint.deny(["CreateTags"]);
  const renamed = [{ name: "old" }];
  const failed = await stack.up(program("other", "core", "new", renamed));
  expect(failed.ok).toBe(false);
  expect(failed.printed).toContain("Allow ec2:CreateTags");
  expect(failed.steps.get("new")).toEqual({ operation: "same" });
  // For the rule whose description and tags change.
  expect(await endpoint.count()).toEqual({ ModifySecurityGroupRules: 1, CreateTags: 1 });
  const halfway = (await stack.resources()).find(({ urn }) => urn.endsWith("::to-lan"));
  expect(halfway?.outputs).toMatchObject({ description: "other", tagsAll: { Team: "web" } });
  expect(halfway?.outputs?.__provider).toBeDefined();

  await endpoint.deny([]);
  await endpoint.reset();
  expect((await stack.up(program("other", "core", "new", renamed))).ok).toBe(true);
  expect(await endpoint.count()).toEqual({ CreateTags: 1 });
  for (const hidden of ["10.77.0.0", "hush-hush"]) expect(await stack.state()).not.toContain(hidden);
  expect((await stack.destroy()).ok).toBe(true);
  expect([...(await declaredRules(web)), ...(await declaredRules(database))]).toEqual([]);
});

fullTest("every rule has aws:defaultTags, and a change of them updates the rules", async () => {
  const withDefaults = (tags: object) => ({ "aws:defaultTags": JSON.stringify({ tags }) });
  const stack = await newStack({ config: withDefaults({ Env: "test" }) });
  const program = async () => {
    const rule = new EgressRule("to-lan", { securityGroupId: web, ...LAN, tags: { Team: "web" } });
    return { tags: rule.tags, tagsAll: rule.tagsAll };
  };
  const ran = await stack.up(program);
  expect(ran.outputs).toEqual({ tags: { Team: "web" }, tagsAll: { Env: "test", Team: "web" } });
  expect((await stack.refresh()).changes).toEqual({ same: 2 });
  await stack.configure(withDefaults({ Env: "prod" }));
  expect((await stack.up(program)).changes).toMatchObject({ update: 1 });
  const [rule] = await declaredRules(web);
  expect(rule?.Tags).toContainEqual({ Key: "Env", Value: "prod" });
});

test("an Output in a component may hold any kind of destination, or several", async () => {
  const stack = await newStack();
  const program = (offices: string[]) => async () => {
    const to = [pulumi.output(offices), pulumi.output(database)];
    const { rules, ruleIds } = new AllowHttpsOut("web", { securityGroup: { id: pulumi.output(web) }, to });
    return { rules, ruleIds };
  };
  const made = await stack.up(program(["10.0.0.0/16", "2001:db8::/32"]));
  if (!made.ok) throw new Error(made.printed);
  const keys = ["10.0.0.0/16", "2001:db8::/32", database].map((to) => `tcp 443 to ${to}`);
  expect(Object.keys(Object(made.outputs.rules)).sort()).toEqual([...keys].sort());
  expect(Object.keys(Object(made.outputs.ruleIds)).sort()).toEqual([...keys].sort());
  expect(await declaredRules(web)).toHaveLength(3);

  const none = await stack.preview(program([]));
  expect(none.ok).toBe(false);
  expect(none.printed).toContain("rules[0]");
  expect(none.printed).toContain("no destination is specified");
});
