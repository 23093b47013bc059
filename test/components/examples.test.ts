import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { egressMatchers } from "pulumi-aws-egress/testing";
import { ROOT } from "../setup";

expect.extend(egressMatchers);

const GROUP = "sg-00000000000000001";
const OTHER = "sg-00000000000000002";

test("quickstart", async () => {
  const { egress } = await run("quickstart", { securityGroupId: GROUP });
  expect(await egress.rules({ securityGroup: GROUP })).toAllowOnly([
    { protocol: "tcp", port: 80, to: "10.0.0.0/16" },
    { protocol: "tcp", port: 443, to: "10.0.0.0/16" },
    { protocol: "tcp", port: 443, to: "2001:db8::/32" },
  ]);
});

test("aws-security-group", async () => {
  const { egress } = await run("aws-security-group", { vpcId: "vpc-1" });
  expect(await egress.rules()).toAllowOnly([
    { securityGroup: "web-id", protocol: "tcp", port: 5432, to: "database-id" },
    { securityGroup: "web-id", protocol: "tcp", port: 443, to: "10.0.0.0/16" },
    { securityGroup: "web-id", protocol: "tcp", port: 443, to: "database-id" },
  ]);
});

test("three-tier: each tier reaches the next one, which allows it in, and nothing else leaves", async () => {
  const { egress, resources } = await run("three-tier", { vpcId: "vpc-1", "aws:region": "eu-west-1" });
  expect(await egress.rules()).toAllowOnly([
    { securityGroup: "web-id", protocol: "tcp", port: 8080, to: "app-id" },
    { securityGroup: "app-id", protocol: "tcp", port: 5432, to: "database-id" },
    { securityGroup: "database-id", protocol: "tcp", port: 443, to: "com.amazonaws.eu-west-1.s3" },
  ]);
  expect(inputsOf(resources, "SecurityGroupIngressRule")).toMatchObject([
    { securityGroupId: "database-id", referencedSecurityGroupId: "app-id", fromPort: 5432, toPort: 5432 },
    { securityGroupId: "app-id", referencedSecurityGroupId: "web-id", fromPort: 8080, toPort: 8080 },
  ]);
  for (const group of inputsOf(resources, "SecurityGroup")) expect(group).not.toHaveProperty("egress");
});

test("fargate-private: the tasks reach the endpoints, which allow them in, and no internet", async () => {
  const { egress, resources } = await run("fargate-private", {
    vpcId: "vpc-1",
    subnetIds: '["subnet-1", "subnet-2"]',
    routeTableIds: '["rtb-1"]',
    cluster: "arn:aws:ecs:eu-west-1:123456789012:cluster/shop",
    taskDefinition: "arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:1",
    "aws:region": "eu-west-1",
  });
  expect(await egress.rules()).toAllowOnly([
    { securityGroup: "tasks-id", protocol: "tcp", port: 443, to: "images-id" },
    { securityGroup: "tasks-id", protocol: "tcp", port: 443, to: "com.amazonaws.eu-west-1.s3" },
    { securityGroup: "tasks-id", protocol: "tcp", port: 443, to: "runtime-id" },
  ]);

  const letIn = { referencedSecurityGroupId: "tasks-id", fromPort: 443, toPort: 443 };
  expect(inputsOf(resources, "SecurityGroupIngressRule")).toMatchObject([
    { ...letIn, securityGroupId: "images-id" },
    { ...letIn, securityGroupId: "runtime-id" },
  ]);
  const interfaceOf = { vpcEndpointType: "Interface", privateDnsEnabled: true };
  expect(inputsOf(resources, "VpcEndpoint")).toMatchObject([
    { ...interfaceOf, serviceName: "com.amazonaws.eu-west-1.ecr.api", securityGroupIds: ["images-id"] },
    { ...interfaceOf, serviceName: "com.amazonaws.eu-west-1.ecr.dkr", securityGroupIds: ["images-id"] },
    { ...interfaceOf, serviceName: "com.amazonaws.eu-west-1.logs", securityGroupIds: ["runtime-id"] },
    { serviceName: "com.amazonaws.eu-west-1.s3", routeTableIds: ["rtb-1"] },
    {
      ...interfaceOf,
      serviceName: "com.amazonaws.eu-west-1.secretsmanager",
      securityGroupIds: ["runtime-id"],
    },
  ]);
  expect(inputsOf(resources, "Service")).toMatchObject([
    { networkConfiguration: { securityGroups: ["tasks-id"], assignPublicIp: false } },
  ]);
});

test("bun", async () => {
  const { egress } = await run("bun", { securityGroupId: GROUP });
  expect(await egress.rules({ securityGroup: GROUP })).toAllowOnly([
    { protocol: "tcp", port: 443, to: "203.0.113.0/26" },
    { protocol: "tcp", port: 443, to: "203.0.113.128/26" },
  ]);
});

test("team-component", async () => {
  const { egress } = await run("team-component", { securityGroupId: GROUP });
  expect(await egress.rules({ securityGroup: GROUP })).toAllowOnly([
    { protocol: "tcp", port: 8443, to: "203.0.113.0/26" },
    { protocol: "tcp", port: 8443, to: "203.0.113.128/26" },
  ]);
});

test("moving: the program releases and adopts the same rules", async () => {
  const before = await run("moving", { vpcId: "vpc-1" }, "before");
  expect(await before.egress.rules()).toEqual([]);
  expect(inputsOf(before.resources, "SecurityGroupEgressRule")).toEqual([
    {
      securityGroupId: "app-id",
      ipProtocol: "tcp",
      fromPort: 5432,
      toPort: 5432,
      referencedSecurityGroupId: "database-id",
      description: "orders",
    },
  ]);
  expect(before.declared.filter(({ opts }) => "retainOnDelete" in opts && opts.retainOnDelete)).toMatchObject(
    [{ type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule" }],
  );
  const [, , web] = inputsOf(before.resources, "SecurityGroup");
  expect(web).toMatchObject({
    egress: [
      {
        protocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrBlocks: ["10.0.0.0/16", "10.1.0.0/16"],
        description: "package updates",
      },
    ],
  });

  const after = await run("moving", { vpcId: "vpc-1" });
  const [app, ...inLine] = await after.egress.rules();
  expect(app).toMatchObject({
    name: "app-to-database",
    securityGroupId: "app-id",
    protocol: "tcp",
    ports: { from: 5432, to: 5432 },
    destination: { kind: "securityGroup", value: "database-id" },
    description: "orders",
  });
  const https = { securityGroupId: "web-id", ports: { from: 443, to: 443 }, description: "package updates" };
  expect(inLine).toMatchObject([
    { ...https, destination: { kind: "ipv4", value: "10.0.0.0/16" } },
    { ...https, destination: { kind: "ipv4", value: "10.1.0.0/16" } },
  ]);
  const adopted = after.declared.filter(({ type }) => /:EgressRule(Set)?$/.test(type));
  expect(adopted.map(({ props }) => props.adopt)).toEqual([true, true]);
  for (const group of inputsOf(after.resources, "SecurityGroup")) expect(group).not.toHaveProperty("egress");
});

test.each([
  [
    "dev",
    [
      { protocol: "tcp", port: 5432, to: "10.10.20.0/24" },
      { protocol: "tcp", port: 443, to: "10.10.40.0/24" },
    ],
  ],
  [
    "prod",
    [
      { protocol: "tcp", port: 5432, to: "10.20.20.0/24" },
      { protocol: "tcp", port: 5432, to: "10.20.21.0/24" },
      { protocol: "tcp", port: 9094, to: "10.20.30.0/24" },
      { protocol: "tcp", port: 443, to: "203.0.113.0/26" },
    ],
  ],
])("environments: %s", async (stack, allowed) => {
  // A program creates its resources when it loads, and this one runs twice.
  jest.resetModules();
  const { egress } = await run("environments", await configOf("environments", stack));
  expect(await egress.rules()).toAllowOnly(allowed);
});

test.each([
  [[], "destinations: give a record of them"],
  [
    { a: { service: "ssh", to: ["10.0.0.0/16"], description: "b" } },
    "destinations.a.service: give one of https",
  ],
  [{ a: { service: "toString", to: ["10.0.0.0/16"], description: "b" } }, "destinations.a.service"],
  [{ a: { service: "https", to: "10.0.0.0/16", description: "b" } }, "destinations.a.to: give a list"],
  [{ a: { service: "https", to: ["10.0.0.0/16"] } }, "destinations.a.description: say why"],
  [{ a: { service: "https", to: ["10.0.0.0/16"], description: "b", port: 80 } }, "destinations.a.port"],
])("environments: %j is refused", (destinations, reason) => {
  const { parseDestinations } = jest.requireActual<typeof import("../../examples/environments/destinations")>(
    "../../examples/environments/destinations",
  );
  expect(() => parseDestinations(destinations)).toThrow(reason);
});

test("tested-program", async () => {
  const { egress } = await run("tested-program", { appGroupId: GROUP, databaseGroupId: OTHER });
  expect(await egress.rules({ securityGroup: GROUP })).toAllowOnly([
    { protocol: "tcp", port: 5432, to: OTHER },
    { protocol: "tcp", port: 443, to: "203.0.113.0/24" },
    { protocol: "tcp", port: 443, to: "2001:db8:7::/48" },
  ]);
});

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly inputs: { readonly [name: string]: unknown };
}

/** Loads an example under mocks; resources of other packages are recorded. */
async function run(example: string, config: { readonly [key: string]: string }, file = "index") {
  const { runtime } = jest.requireActual<typeof import("@pulumi/pulumi")>("@pulumi/pulumi");
  const { recordEgress } =
    jest.requireActual<typeof import("pulumi-aws-egress/testing")>("pulumi-aws-egress/testing");
  const resources: Resource[] = [];
  const egress = recordEgress({
    newResource: ({ type, name, inputs }) => {
      resources.push({ type, name, inputs });
      return { id: `${name}-id`, state: { name, ...inputs } };
    },
    call: ({ token }) => {
      if (token !== "aws:index/getRegion:getRegion") throw new Error(`no mock of ${token}`);
      return { region: config["aws:region"] };
    },
  });
  await runtime.setMocks(egress, example, "test");
  const inProject = ([key, value]: [string, string]) => [
    key.includes(":") ? key : `${example}:${key}`,
    value,
  ];
  runtime.setAllConfig(Object.fromEntries(Object.entries(config).map(inProject)));
  const declared: pulumi.ResourceTransformationArgs[] = [];
  // In a stack, as the engine runs a program: only there are resource options visible.
  await runtime.runInPulumiStack(async () => {
    runtime.registerStackTransformation((args) => {
      declared.push(args);
      return undefined;
    });
    jest.requireActual(`../../examples/${example}/${file}`);
  });
  return { egress, resources, declared };
}

/** The inputs of the resources of a type, by name. */
function inputsOf(resources: Resource[], type: string): Resource["inputs"][] {
  return resources
    .filter((resource) => resource.type.endsWith(`:${type}`))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ inputs }) => inputs);
}

/** The stack configuration that the example ships, without the project prefix of its keys. */
async function configOf(example: string, stack: string): Promise<{ [key: string]: string }> {
  const workspace = await LocalWorkspace.create({ workDir: join(ROOT, "examples", example) });
  const { config = {} } = await workspace.stackSettings(stack);
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.replace(`egress-${example}:`, ""),
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}
