import { CreateManagedPrefixListCommand } from "@aws-sdk/client-ec2";
import * as pulumi from "@pulumi/pulumi";
import {
  AllowHttpsOut,
  type EgressDestination,
  EgressRule,
  Peer,
  type RuleArgs,
  type WarningKind,
} from "../../index";
import { fullTest } from "../fullTest";
import { endpoint } from "../world";
import { LAN } from "./lan";
import { newStack } from "./newStack";
import type { TestStack } from "./stack";

let stack: TestStack;
let web: string;

beforeAll(async () => {
  web = (await endpoint.makeNetwork()).groupIds[0];
});
beforeEach(async () => {
  stack = await newStack();
});

/** An HTTPS rule to each. */
function rulesTo(destinations: readonly (EgressDestination & Partial<RuleArgs>)[]): void {
  for (const [place, destination] of destinations.entries()) {
    const traffic = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
    new EgressRule(`https-${place}`, { securityGroupId: web, ...traffic, ...destination });
  }
}

const networks = (count: number) => Array.from({ length: count }, (_, place) => `10.${place}.0.0/16`);

test("the same rule on two Outputs that resolve to one group is refused with both URNs", async () => {
  const ran = await stack.preview(async () => {
    new EgressRule("one", { ...LAN, securityGroupId: pulumi.output(web) });
    new EgressRule("two", { ...LAN, securityGroupId: pulumi.output(web) });
  });
  expect(ran.ok).toBe(false);
  expect(ran.printed).toMatch(
    /EgressRule::(one|two) is a duplicate of urn:\S+EgressRule::(one|two), tcp 80 to 10.0.0.0\/16 on sg-/,
  );
});

fullTest(
  "more rules than the quota are refused with the sum, unless the configured quota is higher",
  async () => {
    const program = async () => {
      // A destination without a CIDR counts for both families.
      const others = [
        { prefixListName: "com.amazonaws.{region}.s3" },
        { referencedSecurityGroupId: "sg-0123456789abcdef0" },
        { cidrIpv4: "10.99.0.0/16" },
        { cidrIpv6: "2001:db8::/32" },
      ];
      rulesTo([...networks(58).map((cidrIpv4) => ({ cidrIpv4 })), ...others]);
    };
    const refused = await stack.preview(program);
    expect(refused.ok).toBe(false);
    expect(refused.printed).toContain(`${web} would exceed its quota`);
    expect(refused.printed).toContain("this program declares 61 for IPv4 (");
    expect(refused.printed).toContain("its quota of 60");

    await stack.configure({ "aws-egress:rulesPerGroup": "61" });
    expect((await stack.preview(program)).changes).toEqual({ create: 63 });
    await stack.configure({ "aws-egress:rulesPerGroup": "many" });
    expect((await stack.preview(program)).printed).toContain('"many" is not a number of rules');
  },
);

test("a prefix list counts as its entries if a look-up finds it by name", async () => {
  const request = { PrefixListName: "offices", AddressFamily: "IPv4", MaxEntries: 20 };
  await endpoint.client().send(new CreateManagedPrefixListCommand(request));
  const ran = await stack.preview(async () => {
    rulesTo([...networks(41).map((cidrIpv4) => ({ cidrIpv4 })), { prefixListName: "offices" }]);
  });
  expect(ran.ok).toBe(false);
  expect(ran.printed).toContain("this program declares 61 for IPv4 (");
});

test("a redundant rule of a group causes a warning, in any order, unless silenced", async () => {
  const { printed } = await stack.preview(async () => {
    new EgressRule("narrow", { ...LAN, securityGroupId: web });
    new EgressRule("wide", { ...LAN, securityGroupId: web, cidrIpv4: "10.0.0.0/8", fromPort: 0 });
    new EgressRule("late", { ...LAN, securityGroupId: web, cidrIpv4: "10.9.0.0/16" });
    const silence = ["contained"] as const;
    new EgressRule("meant", { ...LAN, securityGroupId: web, cidrIpv4: "10.8.0.0/16", silence });
    new EgressRule("beside", { ...LAN, securityGroupId: web, cidrIpv4: "172.16.0.0/12" });
  });
  const text = 'is redundant: already covered by tcp 0-80 to 10.0.0.0/8 (EgressRule "wide")';
  expect(printed).toContain(`tcp 80 to 10.0.0.0/16 (EgressRule "narrow") ${text}`);
  expect(printed).toContain(`tcp 80 to 10.9.0.0/16 (EgressRule "late") ${text}`);
  expect(printed.match(/warning: tcp/g)).toHaveLength(2);
});

fullTest("a prefix list that uses more than half of the quota causes a warning", async () => {
  const { PrefixList } = await endpoint.client().send(
    new CreateManagedPrefixListCommand({
      PrefixListName: "partners",
      AddressFamily: "IPv4",
      MaxEntries: 40,
    }),
  );
  const program = (silence: readonly WarningKind[]) => async () => {
    const [one, other] = [Peer.prefixList({ name: "partners" }), Peer.awsService("cloudfront")];
    new AllowHttpsOut("partners", { securityGroup: web, to: [one], silence });
    const sibling = PrefixList?.PrefixListId ?? "";
    new AllowHttpsOut("edge", { securityGroup: "sg-0123456789abcdef0", to: [other, sibling], silence });
  };
  const { printed } = await stack.preview(program([]));
  expect(printed).toContain('warning: the prefix list "partners" counts as 40 of the 60 rules');
  expect(printed).toContain('"com.amazonaws.global.cloudfront.origin-facing" counts as 55 of the 60 rules');
  expect((await stack.preview(program(["weight"]))).printed).not.toContain("counts as");
});
