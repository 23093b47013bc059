import {
  parseAccountId,
  parseGroupId,
  parsePrefixListId,
  parseRegion,
  parseRuleId,
} from "../../provider/rule/ids";
import { accepted, onlyReason, RULE, TO_NOWHERE } from "./reading";

const PARSERS = {
  account: parseAccountId,
  group: parseGroupId,
  "prefix list": parsePrefixListId,
  Region: parseRegion,
  rule: parseRuleId,
};

type What = keyof typeof PARSERS;

/** A value for an id, and the error for it. */
function read(what: What, value: unknown): { id: string | undefined; reasons: string[] } {
  const reasons: string[] = [];
  const id = PARSERS[what](value, (reason) => reasons.push(reason));
  return { id, reasons };
}

test.each<[What, string]>([
  // Both lengths of ids still exist: EC2 gave 8 digits until 2018, and has given 17 since.
  ["group", "sg-1a2b3c4d"],
  ["group", "sg-0123456789abcdef0"],
  ["prefix list", "pl-63a5400a"],
  ["prefix list", "pl-0123456789abcdef0"],
  ["rule", "sgr-0123456789abcdef0"],
  ["account", "123456789012"],
  ["account", "000000000001"],
  ["Region", "us-east-1"],
  ["Region", "eu-central-2"],
  ["Region", "ap-southeast-5"],
  ["Region", "us-gov-west-1"],
  ["Region", "cn-northwest-1"],
  ["Region", "us-isob-east-1"],
  ["Region", "eusc-de-east-1"],
])("a %s may be %s", (what, id) => {
  expect(read(what, id)).toEqual({ id, reasons: [] });
});

test.each<[What, unknown, string]>([
  ["group", "default", "sg-0123456789abcdef0"],
  ["group", "SG-1A2B3C4D", "sg-0123456789abcdef0"],
  ["group", "sg-", "sg-0123456789abcdef0"],
  ["group", "sg-1a2b3c4", "sg-0123456789abcdef0"],
  ["group", "sg-0123456789abcdef01", "sg-0123456789abcdef0"],
  ["group", "sg-1a2b3c4g", "sg-0123456789abcdef0"],
  ["group", " sg-1a2b3c4d", "sg-0123456789abcdef0"],
  ["group", "sg-1a2b3c4d\n", "sg-0123456789abcdef0"],
  ["group", "sgr-0123456789abcdef0", "sg-0123456789abcdef0"],
  ["group", ["sg-1a2b3c4d"], "sg-0123456789abcdef0"],
  ["group", {}, "sg-0123456789abcdef0"],
  ["prefix list", "com.amazonaws.us-east-1.s3", "pl-0123456789abcdef0"],
  ["prefix list", "sg-1a2b3c4d", "pl-0123456789abcdef0"],
  ["rule", "sg-1a2b3c4d", "sgr-0123456789abcdef0"],
  ["rule", true, "sgr-0123456789abcdef0"],
  ["account", 123456789012, "123456789012"],
  ["account", "12345678901", "123456789012"],
  ["account", "1234567890123", "123456789012"],
  ["account", "1234-5678-9012", "123456789012"],
  ["account", "self", "123456789012"],
  ["Region", "us-east-1a", "eu-west-1"],
  ["Region", "EU-WEST-1", "eu-west-1"],
  ["Region", "Ireland", "eu-west-1"],
  ["Region", "", "eu-west-1"],
])("a %s cannot be %j", (what, bad, like) => {
  const { id, reasons } = read(what, bad);
  expect(id).toBeUndefined();
  expect(reasons).toHaveLength(1);
  expect(reasons[0]).toContain(`${JSON.stringify(bad)} is not`);
  expect(reasons[0]).toContain(`"${like}"`);
});

test("a bad id is reported at its argument", () => {
  expect(onlyReason("securityGroupId", { ...RULE, securityGroupId: "web" })).toContain(
    "a name does not work",
  );
  expect(onlyReason("prefixListId", { ...TO_NOWHERE, prefixListId: "com.amazonaws.us-east-1.s3" })).toContain(
    "a name does not work",
  );
  expect(
    onlyReason("referencedSecurityGroupId", { ...TO_NOWHERE, referencedSecurityGroupId: "web" }),
  ).toContain("a name does not work");
});

test.each([[undefined], [null]])("given as %j, the rule's own group is missing", (nothing) => {
  expect(onlyReason("securityGroupId", { ...RULE, securityGroupId: nothing })).toContain("is required");
});

test("ids stay unchanged", () => {
  const { securityGroupId } = accepted({ ...RULE, securityGroupId: "sg-0123456789abcdef0" });
  expect(securityGroupId).toBe("sg-0123456789abcdef0");
});
