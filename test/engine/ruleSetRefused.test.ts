import { AuthorizeSecurityGroupEgressCommand } from "@aws-sdk/client-ec2";
import * as pulumi from "@pulumi/pulumi";
import { EgressRule, EgressRuleSet, type EgressRuleSetArgs, type SetRuleArgs } from "../../index";
import { fullTest } from "../fullTest";
import { endpoint } from "../world";
import { newStack } from "./newStack";
import { many, tcp } from "./setRules";
import { makeStack, type TestStack } from "./stack";

let stack: TestStack;
let web: string;

beforeEach(async () => {
  web = (await endpoint.makeNetwork()).groupIds[0];
  stack = await newStack();
});

const program =
  (rules: readonly SetRuleArgs[], more: Partial<EgressRuleSetArgs> = {}) =>
  async () => {
    new EgressRuleSet("web", { securityGroupId: web, rules, ...more });
  };

async function textsOf(group: string): Promise<string[]> {
  const rules = await endpoint.rules(group);
  return rules
    .map(({ IpProtocol, FromPort, CidrIpv4 }) =>
      [IpProtocol, FromPort, CidrIpv4].filter((part) => part !== undefined).join(" "),
    )
    .sort();
}

fullTest("a set leaves unclaimed rules alone, and fails if it declares them", async () => {
  const taken = { IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: "10.0.0.0/16" }] };
  await endpoint
    .client()
    .send(new AuthorizeSecurityGroupEgressCommand({ GroupId: web, IpPermissions: [taken] }));
  const refused = await stack.up(program([tcp(443, "10.0.0.0/16"), tcp(80, "10.0.0.0/16")]));
  expect(refused.ok).toBe(false);
  expect(refused.printed).toMatch(/sgr-\w+, tcp 443 to 10.0.0.0\/16, claimed by no stack/);
  expect(refused.printed).toContain("set adopt: true");
  expect(await textsOf(web)).toHaveLength(2);

  await stack.up(program([tcp(443, "10.0.0.0/16"), tcp(80, "10.0.0.0/16")], { adopt: true }));
  expect(await textsOf(web)).toEqual(["-1 -1 0.0.0.0/0", "tcp 443 10.0.0.0/16", "tcp 80 10.0.0.0/16"]);
  await stack.destroy();
  expect(await textsOf(web)).toEqual(["-1 -1 0.0.0.0/0"]);
});

fullTest("an exclusive set names a second stack's rules, and does not revoke them", async () => {
  const other = await makeStack(endpoint, { project: "pay", name: "prod" });
  try {
    await other.up(async () => {
      new EgressRule("ssh", { securityGroupId: web, ...tcp(22, "10.0.0.0/8") });
    });
    const refused = await stack.up(program(many(2), { exclusive: true }));
    expect(refused.ok).toBe(false);
    expect(refused.printed).toContain('tcp 22 to 10.0.0.0/8, claimed by the stack "pay/prod"');
    expect(await textsOf(web)).toHaveLength(2);
    await other.destroy();
  } finally {
    await other.remove();
  }
});

fullTest(
  "two resources of one program cannot share an exclusive group or a rule, and the error names each",
  async () => {
    const exclusiveBeside = (other: () => void) => async () => {
      new EgressRuleSet("all", { securityGroupId: web, exclusive: true, rules: many(2) });
      other();
    };
    const ssh = await stack.preview(
      exclusiveBeside(() => new EgressRule("ssh", { securityGroupId: web, ...tcp(22, "10.0.0.0/8") })),
    );
    expect(ssh.ok).toBe(false);
    expect(ssh.printed).toMatch(
      /EgressRuleSet::all has sg-\w+ to itself \(exclusive or strangers\), but urn:\S+EgressRule::ssh/,
    );
    const second = await stack.preview(
      exclusiveBeside(
        () => new EgressRuleSet("second", { securityGroupId: web, exclusive: true, rules: [] }),
      ),
    );
    // The engine checks resources in any order: it may refuse either.
    expect(second.printed).toMatch(
      /EgressRuleSet::(all|second)\S* has sg-\w+ to itself.*EgressRuleSet::(?!\1)(all|second)/,
    );

    const same = await stack.preview(async () => {
      new EgressRule("https", {
        securityGroupId: web,
        ...tcp(443, "10.1.9.9/16", { silence: ["hostBits"] }),
      });
      new EgressRuleSet("all", { securityGroupId: web, rules: many(2) });
    });
    expect(same.printed).toMatch(
      /EgressRule(Set::all|::https) is a duplicate of urn:\S+EgressRule(?!\1)(Set::all|::https), tcp 443 to/,
    );
  },
);

test("two resources cannot share them either if only Outputs reveal the group and the kinds", async () => {
  const beside = (more: Partial<EgressRuleSetArgs>) => async () => {
    new EgressRuleSet("all", { securityGroupId: pulumi.output(web), rules: many(2), ...more });
    new EgressRule("https", { securityGroupId: pulumi.output(web), ...tcp(443, "10.1.0.0/16") });
  };
  const same = await stack.preview(beside({}));
  expect(same.ok).toBe(false);
  expect(same.printed).toMatch(/urn:\S+ is a duplicate of urn:\S+, tcp 443 to 10\.1\.0\.0\/16 on sg-/);
  const exclusive = await stack.preview(beside({ exclusive: true, rules: [] }));
  expect(exclusive.printed).toMatch(/EgressRuleSet::all has sg-\w+ to itself/);
});

test("all failures of a set appear at once, with the place of each rule", async () => {
  const rules = [tcp(443, "10.0.0.0"), tcp(443, "10.0.0.0/16", { description: "Büro" })];
  const { ok, printed } = await stack.preview(
    program([...rules, tcp(1, "10.0.0.0/8"), tcp(1, "10.9.9.9/8", { description: "other" })]),
  );
  expect(ok).toBe(false);
  expect(printed).toContain('has a problem: rules[0].cidrIpv4 "10.0.0.0" has no prefix length');
  expect(printed).toContain('"Büro" contains');
  expect(printed).toContain(
    "rules[3] is a duplicate of rules[2], tcp 1 to 10.0.0.0/8, with a different description",
  );
});
