import { mockPulumi, type Registered, resolved } from "./mocks";

const RULE = "pulumi-nodejs:dynamic/aws-egress:EgressRule";

const rulesIn = (registered: Registered[]) =>
  registered.filter(({ type }) => type === RULE).sort((one, other) => (one.name < other.name ? -1 : 1));

test("examples/quickstart", async () => {
  const registered = await mockPulumi({ "shop:securityGroupId": "sg-0123456789abcdef0" });
  const { ruleIds } = jest.requireActual<typeof import("../../examples/quickstart/index")>(
    "../../examples/quickstart/index",
  );
  expect(await resolved(ruleIds)).toHaveLength(3);
  expect(rulesIn(registered).map(({ inputs }) => inputs)).toMatchObject([
    { ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "10.0.0.0/16" },
    { fromPort: 443, cidrIpv4: "10.0.0.0/16", description: "package updates" },
    { fromPort: 443, cidrIpv6: "2001:db8::/32", description: "package updates" },
  ]);
});

test("examples/aws-security-group", async () => {
  const registered = await mockPulumi({ "shop:vpcId": "vpc-0123456789abcdef0" });
  const { toDatabase, toUpdates } = jest.requireActual<
    typeof import("../../examples/aws-security-group/index")
  >("../../examples/aws-security-group/index");
  expect(await resolved(toDatabase)).toBe("sgr-of-web-to-database");
  expect(await resolved(toUpdates)).toHaveLength(2);
  expect(rulesIn(registered)).toMatchObject([
    { name: "web-tcp-443-10.0.0.0/16", inputs: { securityGroupId: "web-id", cidrIpv4: "10.0.0.0/16" } },
    {
      name: "web-tcp-443-database",
      inputs: { securityGroupId: "web-id", referencedSecurityGroupId: "database-id" },
    },
    {
      name: "web-to-database",
      inputs: { securityGroupId: "web-id", referencedSecurityGroupId: "database-id" },
    },
  ]);
});
