import type { RuleArgs, SetRuleArgs } from "../../../index";

/** One change of rules in one call: the declarations before and after it. */
export interface Change {
  readonly action: string;
  /** Omitted if nothing is declared. */
  readonly before?: readonly SetRuleArgs[];
  readonly after?: readonly SetRuleArgs[];
  /** What happens, if one action can make several changes. */
  readonly what?: string;
  /** Whether the resources have other names afterwards, so that new ones take over the rules. */
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

/** How each action changes this many rules. */
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

/** The change, in the words of docs/explanation/faults.md. */
export function titleOf(kind: Kind, { what }: Change): string {
  return what === undefined ? KIND_TITLES[kind] : `${KIND_TITLES[kind]}, ${what}`;
}

/** Enough for some to share a request: those that arrive while the first request runs. */
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

/** Whether a run can make the change without `adopt`: a stack without claims takes over nothing by itself. */
export function canBe({ renamed }: Change, isClaimed: boolean): boolean {
  return isClaimed || renamed === undefined;
}
