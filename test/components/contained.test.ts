import type * as pulumi from "@pulumi/pulumi";
import { EgressRule, EgressRuleSet } from "../../index";
import { warnedBy } from "./mocks";

const WEB = { securityGroupId: "sg-0123456789abcdef0" };
const to = (cidrIpv4: string) => ({ ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4 });
const rule = (name: string, cidrIpv4: string) => new EgressRule(name, { ...WEB, ...to(cidrIpv4) });
const set = (name: string, ...cidrs: readonly string[]) =>
  new EgressRuleSet(name, { ...WEB, rules: cidrs.map(to) });

const WIDE = "10.0.0.0/8";
const NARROW = "10.0.0.0/16";

test.each<[what: string, program: () => pulumi.Resource[], warning: string]>([
  [
    "a narrow rule after a wide one",
    () => [rule("b", WIDE), rule("a", NARROW)],
    'tcp 443 to 10.0.0.0/16 (EgressRule "a") is redundant: already covered by tcp 443 to 10.0.0.0/8 (EgressRule "b")',
  ],
  [
    "a wide rule after a narrow one",
    () => [rule("a", NARROW), rule("b", WIDE)],
    'tcp 443 to 10.0.0.0/16 (EgressRule "a") is redundant: already covered by tcp 443 to 10.0.0.0/8 (EgressRule "b")',
  ],
  [
    "a wide rule after some of a set",
    () => [set("q", NARROW, "10.1.0.0/16"), rule("b", WIDE)],
    'tcp 443 to 10.0.0.0/16 (EgressRuleSet "q"), tcp 443 to 10.1.0.0/16 (EgressRuleSet "q") are redundant: already covered by tcp 443 to 10.0.0.0/8 (EgressRule "b")',
  ],
  [
    "two rules of one set",
    () => [set("q", NARROW, WIDE)],
    "tcp 443 to 10.0.0.0/16 is redundant: already covered by tcp 443 to 10.0.0.0/8",
  ],
  [
    "many of one set",
    () => [set("q", ...[1, 2, 3, 4, 5].map((net) => `10.${net}.0.0/16`), WIDE)],
    "tcp 443 to 10.1.0.0/16, tcp 443 to 10.2.0.0/16, tcp 443 to 10.3.0.0/16 and 2 more are redundant: already covered by tcp 443 to 10.0.0.0/8",
  ],
])("%s: the warning names the redundant rule, and the other one", async (_, program, warning) => {
  expect(await warnedBy(program)).toEqual([`${warning} (if intended, set silence: ["contained"])`]);
});
