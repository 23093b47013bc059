import { parseExport } from "../../../cli/program/parseExport";
import { parsePreview } from "../../../cli/program/parsePreview";
import { modelOf } from "../../../cli/program/read";
import { told } from "./told";

const RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const urn = (type: string, name: string) => `urn:pulumi:prod::shop::${type}::${name}`;

const group = (name: string, id: string, more: object = {}) => ({
  urn: urn(GROUP, name),
  type: GROUP,
  custom: true,
  id,
  inputs: { vpcId: "vpc-1" },
  ...more,
});

const rule = (name: string, cidrIpv4: string, more: object = {}) => ({
  urn: urn(RULE, name),
  type: RULE,
  custom: true,
  id: `sgr-${name}`,
  inputs: { securityGroupId: "sg-00000001", ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4 },
  ...more,
});

interface Step {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: object;
  readonly newState?: object;
}

function change(state: readonly object[] | undefined, steps: readonly Step[]) {
  const preview = parsePreview({ name: "preview.json", values: [{ steps }] });
  const resources =
    state && parseExport({ name: "state.json", values: [{ deployment: { resources: state } }] });
  return modelOf(preview, resources);
}

const web = group("web", "sg-00000001");
const line = (name: string, cidr: string) => `tcp 443 to ${cidr}: ${name}`;

test("a rule that an earlier up left for deletion exists before, and not after", () => {
  const pending = rule("a", "10.0.0.0/16", { delete: true });
  const model = change(
    [web, rule("a", "10.1.0.0/16"), pending],
    [{ op: "delete", urn: urn(RULE, "a"), oldState: pending }],
  );
  expect(told(model).web).toEqual({
    before: [line("a", "10.0.0.0/16"), line("a", "10.1.0.0/16")],
    after: [line("a", "10.1.0.0/16")],
  });
});

test("an imported rule exists before", () => {
  const model = change([web], [{ op: "import", urn: urn(RULE, "a"), newState: rule("a", "10.0.0.0/16") }]);
  expect(told(model).web).toEqual({ before: [line("a", "10.0.0.0/16")], after: [line("a", "10.0.0.0/16")] });
});

test("what a refresh finds is the current state", () => {
  const model = change(
    [web, rule("a", "10.0.0.0/16")],
    [
      {
        op: "refresh",
        urn: urn(RULE, "a"),
        oldState: rule("a", "10.0.0.0/16"),
        newState: rule("a", "10.0.0.0/8"),
      },
    ],
  );
  expect(told(model).web?.before).toEqual([line("a", "10.0.0.0/8")]);
});

test("a rule that is retained on delete stays in EC2", () => {
  const kept = rule("a", "10.0.0.0/16", { retainOnDelete: true });
  const model = change([web, kept], [{ op: "delete", urn: urn(RULE, "a"), oldState: kept }]);
  expect(told(model).web?.after).toEqual([line("a", "10.0.0.0/16")]);
});

test("a default group that the program releases keeps its rules", () => {
  const type = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
  const egress = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }];
  const standard = { urn: urn(type, "d"), type, custom: true, id: "sg-00000002", inputs: { egress } };
  const model = change([standard], [{ op: "delete", urn: urn(type, "d"), oldState: standard }]);
  expect(told(model).d?.after).toEqual(["all traffic to 0.0.0.0/0: d"]);
});

test("a rename by aliases keeps the rule and the group", () => {
  const model = change(
    [web, rule("a", "10.0.0.0/16")],
    [
      { op: "update", urn: urn(GROUP, "web2"), oldState: web, newState: group("web2", "sg-00000001") },
      {
        op: "update",
        urn: urn(RULE, "b"),
        oldState: rule("a", "10.0.0.0/16"),
        newState: rule("b", "10.0.0.0/16"),
      },
    ],
  );
  expect(told(model)).toEqual({
    web2: { before: [line("a", "10.0.0.0/16")], after: [line("b", "10.0.0.0/16")] },
  });
});

test("an id and a resource can name one group; resources only read and foreign types add nothing", () => {
  const read = group("read", "sg-00000001", { external: true, inputs: { egress: [{ protocol: "-1" }] } });
  const other = { urn: urn("gcp:compute/firewall:Firewall", "f"), custom: true, id: "f", inputs: {} };
  const model = change([web, read, other, rule("a", "10.0.0.0/16")], []);
  expect(told(model)).toEqual({
    web: { before: [line("a", "10.0.0.0/16")], after: [line("a", "10.0.0.0/16")] },
  });
});

test("two groups with the same name stay two groups", () => {
  const [one, other] = ["a", "b"].map((parent) => ({
    ...group("sg", ""),
    urn: `urn:pulumi:prod::shop::${parent}$${GROUP}::sg`,
  }));
  const steps = [one, other].map((newState) => ({
    op: "create",
    urn: newState?.urn ?? "",
    newState: newState ?? {},
  }));
  const { groups } = change([], steps);
  expect(new Set(groups.map(({ group: name }) => name)).size).toBe(2);
});

test("a rule that EC2 would refuse does not count as a rule", () => {
  const model = change([web, rule("a", "10.0.0.0")], []);
  expect(told(model).web?.after).toEqual([
    expect.stringMatching(/^not known: cidrIpv4 "10.0.0.0" has no prefix length/),
  ]);
});

test("secrets stay secret even where an export shows them", () => {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
  const shown = rule("a", "", {
    inputs: { ...rule("a", "").inputs, cidrIpv4: { ...secret, plaintext: '"10.0.0.0/8"' } },
  });
  const hidden = rule("b", "", {
    inputs: { ...rule("b", "").inputs, securityGroupId: { ...secret, ciphertext: "x" } },
  });
  const model = change([web, shown, hidden], []);
  expect(JSON.stringify(model)).not.toContain("10.0.0.0/8");
  expect(told(model).web?.after).toEqual(["not known: cidrIpv4 is secret: a"]);
});

test("EC2's own rule in an aws-native group is uncertain beside a SecurityGroupEgress, and gone with an exclusive set", () => {
  const [type, egress] = ["aws-native:ec2:SecurityGroup", "aws-native:ec2:SecurityGroupEgress"];
  const native = { urn: urn(type, "n"), type, custom: true, id: "sg-00000003", inputs: {} };
  const own = { groupId: "sg-00000003", ipProtocol: "tcp", fromPort: 1, toPort: 1, cidrIp: "10.0.0.0/8" };
  const beside = { urn: urn(egress, "e"), type: egress, custom: true, inputs: own };
  expect(told(change([native, beside], [])).n?.after).toEqual([
    expect.stringMatching(/^not known: EC2's default rule/),
    "tcp 1 to 10.0.0.0/8: e",
  ]);
  const set = "pulumi-nodejs:dynamic/aws-egress:EgressRuleSet";
  const inputs = { securityGroupId: "sg-00000003", exclusive: true, rules: {} };
  const exclusive = { urn: urn(set, "s"), type: set, custom: true, inputs };
  expect(told(change([native, exclusive], [])).n?.after).toEqual(["nothing but what s declares"]);
});

test.each([
  ["revoke", false],
  // What a set refuses or reports stays until a person removes it.
  ["refuse", true],
  ["report", true],
])("EC2's own rule in a group, beside a set that will %s strangers, exists: %s", (strangers, isThere) => {
  const [group, set] = ["aws-native:ec2:SecurityGroup", "pulumi-nodejs:dynamic/aws-egress:EgressRuleSet"];
  const native = { urn: urn(group, "n"), type: group, custom: true, id: "sg-00000003", inputs: {} };
  const inputs = { securityGroupId: "sg-00000003", strangers, rules: {} };
  const said = { urn: urn(set, "s"), type: set, custom: true, inputs };
  const after = [told(change([native, said], [])).n?.after].flat();
  expect(after.some((text) => text?.startsWith("all traffic to 0.0.0.0/0: n"))).toBe(isThere);
  expect(after.includes("nothing but what s declares")).toBe(!isThere);
});
