import type { RuleArgs, SetRuleArgs } from "../../../index";

/** One change of rules, which one call makes: what is declared before it and after it. */
export interface Change {
  readonly action: string;
  /** Nothing is declared where it is left out. */
  readonly before?: readonly SetRuleArgs[];
  readonly after?: readonly SetRuleArgs[];
  /** What happens, where one action may be more than one change. */
  readonly what?: string;
  /** Whether the resources go by other names afterwards, so that new ones take the rules over. */
  readonly renamed?: true;
}

function rules(count: number, more: Partial<RuleArgs> = {}): SetRuleArgs[] {
  return Array.from({ length: count }, (_, place) => ({
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: `10.${place}.0.0/16`,
    ...more,
  }));
}

/** How each action changes so many rules. */
function changesOf(count: number): Change[] {
  const before = rules(count);
  const tags = { Team: "network" };
  return [
    { action: "AuthorizeSecurityGroupEgress", after: before },
    {
      action: "AuthorizeSecurityGroupEgress",
      before,
      after: rules(count, { toPort: 444 }),
      what: "another port",
    },
    { action: "ModifySecurityGroupRules", before, after: rules(count, { description: "updates" }) },
    { action: "CreateTags", before, after: rules(count, { tags }) },
    { action: "CreateTags", before, after: before, what: "renamed", renamed: true },
    { action: "DeleteTags", before: rules(count, { tags }), after: before },
    { action: "RevokeSecurityGroupEgress", before },
  ];
}

export const KINDS = ["rule", "rules", "set"] as const;

export type Kind = (typeof KINDS)[number];

const KIND_TITLES: { readonly [kind in Kind]: string } = {
  rule: "`EgressRule`",
  rules: "`EgressRule`s in one request",
  set: "`EgressRuleSet`",
};

/** What is changed, as docs/explanation/faults.md says it. */
export function titleOf(kind: Kind, { what }: Change): string {
  return what === undefined ? KIND_TITLES[kind] : `${KIND_TITLES[kind]}, ${what}`;
}

/** As many as make sure that some share a request: those that are asked for while the first one's is under way. */
const SEVERAL = 3;

export const CHANGES: { readonly [kind in Kind]: readonly Change[] } = {
  rule: changesOf(1),
  rules: changesOf(SEVERAL),
  set: [
    ...changesOf(SEVERAL),
    {
      action: "AuthorizeSecurityGroupEgress",
      before: rules(1),
      after: rules(SEVERAL),
      what: "growing",
    },
    { action: "RevokeSecurityGroupEgress", before: rules(SEVERAL), after: rules(1), what: "shrinking" },
  ],
};

/** Whether a run can make a change without being told: who claims nothing takes nothing over unasked. */
export function canBe({ renamed }: Change, isClaimed: boolean): boolean {
  return isClaimed || renamed === undefined;
}
