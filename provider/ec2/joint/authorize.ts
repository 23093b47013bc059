import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import { identityOf } from "../../rule/identity";
import type { WantedRule } from "../../rule/plan/planStep";
import { ruleOf, ruleTextOnGroup } from "../../rule/rule";
import type { Tags } from "../../rule/tags";
import { authorizeCommand } from "../commands";
import { EgressError, explain, inOwnWords, isAboutAll, isDuplicate, isGroupMissing, textOf } from "../errors";
import { type FoundRule, type MadeRule, madeRule } from "../foundRule";
import { attemptOf } from "../stepText";
import type { Target } from "../target";
import { authorizing, type GroupRules, groupRules, readable } from "./groupRules";
import { joined, type Outcomes } from "./joined";
import { settle } from "./refused";

/** The outcome of creating a rule: it is new, or it already exists. */
export type Authorized = { readonly made: MadeRule } | Duplicate;

/** An existing rule, and EC2's error for it. */
export interface Duplicate {
  readonly there: FoundRule;
  readonly refusal: unknown;
}

/** EC2 puts the same tags on all rules of a request. */
interface Common {
  readonly groupId: string;
  readonly tags: Tags;
}

/** Creates a rule, together with others of its group; undefined if EC2 accepted it without identifying it for sure. */
export function authorizeJointly(target: Target, rule: WantedRule): Promise<Authorized | undefined> {
  return authorize(target, { groupId: rule.inputs.securityGroupId, tags: rule.tags }, rule);
}

const authorize = joined<Common, WantedRule, Authorized | undefined>(
  ({ groupId }) => ({ kind: authorizing(groupId) }),
  ({ target, common: { groupId, tags }, members, take }) =>
    settle<WantedRule, Authorized | undefined>(members, {
      send: async (rules) => {
        const command = authorizeCommand(
          groupId,
          rules.map(({ inputs }) => inputs),
          tags,
        );
        const { SecurityGroupRules: told = [] } = await take(() => target.client.send(command));
        return (rule) => toldOf(target, rule, told, rules.length === 1);
      },
      look: (error, rules) => whoIsThere(target, groupId, error, rules),
      // EC2 uses the same codes if a referenced group is missing as for the rule's own group.
      isAboutAll: (error, rules) =>
        isAboutAll(error) &&
        !(isGroupMissing(error) && !textOf(error).includes(groupId) && rules.some(leadsToGroup)),
      // A prefix list counts as its entries: a smaller one may still fit.
      quotaOf: ({ inputs }) => inputs.prefixListId ?? ruleOf(inputs).destination?.kind ?? "",
    }),
);

/**
 * Reads a rule from an answer, whose rules come in any order; the caller looks up what the answer omits.
 *
 * @param isOnly whether the request had a single rule, so that the answer means it even if it is unreadable
 */
function toldOf(
  target: Target,
  rule: WantedRule,
  told: readonly SecurityGroupRule[],
  isOnly: boolean,
): Authorized | undefined {
  const there = readable(told, target).byIdentity.get(identityOf(rule));
  const shown = isOnly ? told[0] : told.find(({ SecurityGroupRuleId: id }) => id === there?.id);
  const made = shown && madeRule(shown, target.region, rule.tags);
  if (made !== undefined) return { made };
  // Some emulators answer like this instead of with a Duplicate error.
  return there && shown?.Tags
    ? { there, refusal: duplicate(`the response shows ${there.id}, which already existed`) }
    : undefined;
}

/** The error that EC2 would have sent. */
export function duplicate(message: string): Error {
  return Object.assign(new Error(message), { name: "InvalidPermission.Duplicate" });
}

/**
 * EC2 names only one of several duplicates. If it refuses the look-up, bisection finds them, and the error reports
 * both.
 */
async function whoIsThere(
  target: Target,
  groupId: string,
  error: unknown,
  rules: readonly WantedRule[],
): Promise<Outcomes<WantedRule, Authorized | undefined>> {
  if (!isDuplicate(error)) return new Map();
  let found: GroupRules;
  try {
    found = await groupRules(target, groupId);
  } catch (failure) {
    const [only, ...others] = rules;
    return only === undefined || others.length > 0
      ? new Map()
      : new Map([[only, { error: bothErrors(target, groupId, only, error, failure) }]]);
  }
  const there = rules.flatMap((rule) => {
    const same = found.byIdentity.get(identityOf(rule));
    return same ? [[rule, same] as const] : [];
  });
  const refusal = there.length === 1 ? error : inOwnWords(error, "the specified rule already exists");
  return new Map(there.map(([rule, same]) => [rule, { answer: { there: same, refusal } }]));
}

/** EC2's error for a duplicate, and the reason why the look-up failed. */
function bothErrors(target: Target, groupId: string, rule: WantedRule, refusal: unknown, failure: unknown) {
  const attempt = attemptOf(target, groupId, { action: "authorize", rules: [rule], tags: rule.tags });
  const doing = `looking up ${ruleTextOnGroup(rule.inputs)}`;
  const second = explain(failure, { ...attempt, action: "DescribeSecurityGroupRules", doing });
  return new EgressError(`${explain(refusal, attempt).message}\n${second.message}`, { cause: refusal });
}

function leadsToGroup({ inputs }: WantedRule): boolean {
  return inputs.referencedSecurityGroupId !== undefined;
}
