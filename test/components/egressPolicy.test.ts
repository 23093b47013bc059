import * as pulumi from "@pulumi/pulumi";
import * as egress from "../../index";
import { mockPulumi, type Registered, resolved } from "./mocks";

const WEB = "sg-0123456789abcdef0";
const DATABASE = "sg-0123456789abcdef1";

/** Makes the policy, and returns the arguments of its set once it is registered. */
async function setOf(
  allow: readonly egress.Intent[],
  more: Partial<egress.EgressPolicyArgs> = {},
): Promise<Registered["inputs"]> {
  const registered = await mockPulumi();
  const policy = new egress.EgressPolicy("web", { securityGroup: WEB, allow, ...more });
  await resolved(policy.ruleIds);
  const [set, ...others] = registered.filter(({ type }) => type.endsWith(":EgressRuleSet"));
  if (set === undefined || others.length > 0) throw new Error("A policy is one set");
  return set.inputs;
}

async function rulesOf(...allow: readonly egress.Intent[]): Promise<unknown[]> {
  const { rules } = await setOf(allow);
  if (!Array.isArray(rules)) throw new Error("not a list of rules");
  return rules;
}

test("is exclusive by default, and passes its tags to its set", async () => {
  expect(await setOf([])).toMatchObject({ securityGroupId: WEB, exclusive: true, rules: [] });
  const tags = { Team: "web" };
  expect(await setOf([egress.allow.https("10.0.0.0/16")], { exclusive: false, tags })).toMatchObject({
    exclusive: false,
    tags,
    rules: [{ ipProtocol: "tcp", fromPort: 443, to: "10.0.0.0/16", description: "HTTPS" }],
  });
});

test.each<[what: string, exclusive: unknown]>([
  ["null", null],
  ["an Output of nothing", pulumi.output(undefined)],
])("is exclusive if that is %s, too", async (_, exclusive) => {
  expect(await setOf([], Object.fromEntries([["exclusive", exclusive]]))).toMatchObject({ exclusive: true });
});

test.each<[what: string, strangers: pulumi.Input<egress.Strangers>]>([
  ["a text", "report"],
  ["an Output", pulumi.output("report" as const)],
])("is not exclusive if it specifies strangers, as %s", async (_, strangers) => {
  const inputs = await setOf([], { strangers });
  expect(inputs).toMatchObject({ strangers: "report" });
  expect(inputs.exclusive).toBeUndefined();
});

test("is exclusive if strangers resolves to nothing", async () => {
  const strangers = pulumi.output<egress.Strangers | undefined>(undefined);
  expect(await setOf([], { strangers })).toMatchObject({ exclusive: true });
});

test("accepts the destinations that components accept, one or several", async () => {
  const rules = await rulesOf(
    egress.allow.postgres(DATABASE),
    egress.allow.ssh(["10.0.0.0/8", "2001:db8::/32", egress.Peer.anyIpv4()]),
    egress.allow.ntp(egress.Peer.securityGroup(pulumi.output(DATABASE), { ownerId: "123456789012" })),
    egress.allow.s3(),
  );
  expect(rules).toMatchObject([
    { fromPort: 5432, to: DATABASE },
    { fromPort: 22, to: "10.0.0.0/8" },
    { fromPort: 22, to: "2001:db8::/32" },
    { fromPort: 22, to: "0.0.0.0/0" },
    {
      ipProtocol: "udp",
      referencedSecurityGroupId: DATABASE,
      referencedSecurityGroupOwnerId: "123456789012",
    },
    { fromPort: 443, prefixListName: "com.amazonaws.{region}.s3", description: "Amazon S3" },
  ]);
});

test("two intents for one rule make it once, with both descriptions", async () => {
  const endpoints = pulumi.output(DATABASE);
  const rules = await rulesOf(
    egress.allow.ecrPull(endpoints),
    egress.allow.ssm(endpoints),
    egress.allow.s3(),
    egress.allow.https("10.0.0.9/16", { description: "updates", silence: ["hostBits"] }),
    egress.allow.opensearch("10.0.0.0/16", { description: pulumi.output("search") }),
    egress.allow.https("10.0.0.0/16", { description: "updates" }),
  );
  expect(rules).toMatchObject([
    { to: [DATABASE], description: "Amazon ECR; AWS Systems Manager" },
    { prefixListName: "com.amazonaws.{region}.s3", description: "Amazon ECR; Amazon S3" },
    { to: "10.0.0.9/16", description: "updates; search" },
  ]);
});

test("different Outputs do not count as one destination", async () => {
  const groups = [pulumi.output(DATABASE), pulumi.output("sg-0123456789abcdef2")];
  const rules = await rulesOf(...groups.map((group) => egress.allow.https(group)));
  expect(rules).toMatchObject([
    { to: [DATABASE], description: "HTTPS" },
    { to: ["sg-0123456789abcdef2"], description: "HTTPS" },
  ]);
});

test("joined descriptions are cut to EC2's limit", async () => {
  const reasons = Array.from({ length: 40 }, (_, place) => `reason ${place}`);
  const [rule] = await rulesOf(
    ...reasons.map((description) => egress.allow.https("10.0.0.0/16", { description })),
  );
  const { description } = Object(rule);
  expect(description).toHaveLength(255);
  expect(description).toMatch(/^reason 0; reason 1; .*\.\.\.$/);
});

test("an intent without destinations is an error", async () => {
  await expect(setOf([egress.allow.https("10.0.0.0/16"), egress.allow.https([])])).rejects.toThrow(
    'EgressPolicy "web": allow[1]: "to" is empty',
  );
});

test("every service of the catalogue is an intent, with the same traffic", async () => {
  const intents = new Map<string, unknown>(Object.entries(egress.allow));
  for (const [name, service] of Object.entries<egress.Service>(egress.SERVICES)) {
    const intent = intents.get(name);
    if (typeof intent !== "function") throw new Error(`no intent ${name}`);
    for (const [variant, ports] of Object.entries(service.variants)) {
      const options = name === "everything" ? { description: "a test" } : { variant };
      const said = Reflect.apply(intent, undefined, ["10.0.0.0/16", options]);
      expect([name, said.ports]).toEqual([name, ports]);
    }
  }
});

test("a description missing from the configuration counts as none", async () => {
  // What `config.get` returns.
  const absent = new pulumi.Config("shop").get("why");
  const options = { description: absent, silence: undefined };
  const rules = await rulesOf(
    egress.allow.postgres(DATABASE, options),
    egress.allow.s3(options),
    egress.allow.ssm(DATABASE, options),
  );
  expect(rules).toMatchObject([
    { description: "PostgreSQL" },
    { description: "Amazon S3" },
    { description: "AWS Systems Manager" },
  ]);
});

test("everything needs a description", async () => {
  const [rule] = await rulesOf(egress.allow.everything("10.9.0.0/24", { description: "vendor appliance" }));
  expect(rule).toMatchObject({ ipProtocol: "-1", description: "vendor appliance" });
});
