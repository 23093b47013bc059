import type { PulumiFn } from "@pulumi/pulumi/automation";
import { EgressRule, EgressRuleSet } from "../index";
import { makeStack } from "../test/engine/stack";
import { NaiveRule, naiveProvider } from "./naive";
import { type BenchRule, byGroup } from "./rules";
import { QUOTA, type Way } from "./way";

/** A set for each group. */
export const sets = pulumiWay("EgressRuleSet", (rules) => {
  for (const [securityGroupId, ofGroup] of byGroup(rules)) {
    new EgressRuleSet(`on-${securityGroupId}`, { securityGroupId, rules: ofGroup.map(ruleArgs) });
  }
});

/** With the engine's default parallelism: four operations for each core. */
export const singles = pulumiWay("EgressRule", declareSingles);

export const singlesAtOnce = pulumiWay("EgressRule, 64 at once", declareSingles, 64);

/** With enough retries for EC2's bucket: the SDK's own three are too few. */
export const naive = naiveWay("naive", naiveProvider(20));

export const naiveByDefault = naiveWay("naive, with the SDK's own 3 tries", naiveProvider(3));

function declareSingles(rules: readonly BenchRule[]): void {
  for (const rule of rules) {
    new EgressRule(rule.name, { securityGroupId: rule.groupId, ...ruleArgs(rule) });
  }
}

function ruleArgs({ port, cidr, description }: BenchRule) {
  return { ipProtocol: "tcp", fromPort: port, toPort: port, cidrIpv4: cidr, description };
}

function naiveWay(name: string, provider: ReturnType<typeof naiveProvider>): Way {
  return pulumiWay(name, (rules) => {
    for (const rule of rules) new NaiveRule(rule, provider);
  });
}

function pulumiWay(name: string, declare: (rules: readonly BenchRule[]) => void, parallel?: number): Way {
  const programOf =
    (rules: readonly BenchRule[]): PulumiFn =>
    async () =>
      declare(rules);
  return {
    name,
    open: async (endpoint) => {
      const { up, refresh, destroy, state, remove } = await makeStack(endpoint, {
        config: { "aws-egress:rulesPerGroup": `${QUOTA}` },
        ...(parallel !== undefined && { parallel }),
      });
      return { up: (rules) => up(programOf(rules)), refresh, destroy, state, close: remove };
    },
  };
}
