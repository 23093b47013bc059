import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeEgressRuleSet } from "../../provider/handlers/egressRuleSet";
import { OWN_PACKAGE } from "../../provider/ownPackage";
import { ROOT } from "../setup";
import { handlerOf, type Props } from "./handler";

const REGION = { "aws:region": "us-east-1" };
const WEB = { securityGroupId: "sg-0123456789abcdef0" };
const LAN = { ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "10.0.0.0/16" };

/** What a program of this version or another sends to the check of a rule and of a set. */
const checks = (version: string, more: Props = {}) => {
  const __program = { urn: "urn:web", silence: [], package: { version, folder: "/team/egress" } };
  return [
    handlerOf(REGION).check({}, { ...WEB, ...LAN, ...more, __program }),
    handlerOf(REGION, makeEgressRuleSet()).check({}, { ...WEB, rules: [{ ...LAN, ...more }], __program }),
  ];
};

test("a program with a compatible version is accepted", async () => {
  for (const version of [OWN_PACKAGE.version, OWN_PACKAGE.version.replace(/\d+$/, "99")]) {
    for (const { failures } of await Promise.all(checks(version))) expect(failures).toEqual([]);
  }
});

test("a program with an incompatible version is refused, with both versions, both folders, and nothing else", async () => {
  for (const { failures } of await Promise.all(checks("999.0.0", { whatIsNew: true }))) {
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining("999.0.0 (/team/egress)") }]);
    expect(failures[0]?.reason).toContain(`${OWN_PACKAGE.version} (${join(ROOT, "provider")})`);
  }
});

test("the version matches package.json", () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(OWN_PACKAGE.version).toBe(version);
});
