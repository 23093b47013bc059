import { type RuleInputs, ruleOf } from "../../rule/rule";
import { idsIn, inOwnWords, isAboutAll, isGroupMissing, isRuleMissing } from "../errors";
import type { Target } from "../target";
import { ruleById } from "./ruleById";
import type { Request, Told } from "./tellApart";

/** Whom a refusal is about, where it names a prefix list or a group that they lead to. */
export function tellByDestination<Member extends { readonly inputs: RuleInputs }, Answer>(
  error: unknown,
  groupId: string,
  members: readonly Member[],
): Told<Member, Answer> | undefined {
  const groups = idsIn(error, "sg");
  if (isGroupMissing(error) ? groups.has(groupId) : isAboutAll(error)) return undefined;
  const named = new Set([...groups, ...idsIn(error, "pl")]);
  const leadsThere = ({ inputs }: Member) => named.has(ruleOf(inputs).destination?.value ?? "");
  return told(members, leadsThere, () => error);
}

/**
 * Tells whom refusals are about by the ids of rules in them.
 *
 * EC2 may name one of the rules that are gone, or all; where it names another one the next time, they are looked up.
 */
export function tellByRuleId<Member extends { readonly id: string }, Answer>(
  target: Target,
): Request<Member, Answer>["tell"] {
  let hasNamed = false;
  return async ({ error }, members) => {
    if (isAboutAll(error)) return undefined;
    const named = idsIn(error, "sgr");
    const isAgain = hasNamed && isRuleMissing(error);
    hasNamed = true;
    const found = isAgain ? await lookUp(target, members) : members;
    const isMeant = ({ id }: Member, place: number) => named.has(id) || found[place] === undefined;
    const isOnly = ({ id }: Member) => !isRuleMissing(error) || (named.has(id) && named.size === 1);
    return told(members, isMeant, (member) =>
      isOnly(member) ? error : inOwnWords(error, `The security group rule ID '${member.id}' does not exist`),
    );
  };
}

/** What is there of rules, in their order; where that cannot be told, all of it. */
function lookUp(target: Target, rules: readonly { readonly id: string }[]): Promise<readonly unknown[]> {
  return Promise.all(rules.map(({ id }) => ruleById(target, id))).catch(() => rules);
}

function told<Member, Answer>(
  members: readonly Member[],
  isMeant: (member: Member, place: number) => boolean,
  errorOf: (member: Member) => unknown,
): Told<Member, Answer> | undefined {
  const meant = new Set(members.filter(isMeant));
  if (meant.size === 0) return undefined;
  const outcomes = new Map([...meant].map((member) => [member, { error: errorOf(member) }]));
  return { outcomes, untried: members.filter((member) => !meant.has(member)) };
}
