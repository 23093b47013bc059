import { ModifySecurityGroupRulesCommand } from "@aws-sdk/client-ec2";
import { isOfProgram } from "../../run/held";
import { inOwnWords, isDuplicate } from "../errors";
import type { FoundRule } from "../foundRule";
import { modifyRequest, type RuleUpdate } from "../requests";
import type { Target } from "../target";
import { joinedByRule } from "./byRule";
import { groupRules, identityOf } from "./groupRules";
import { failedAll } from "./joined";
import type { Means, Refusal, Told } from "./tellApart";
import { tellByDestination } from "./tellNamed";
import { trade } from "./trade";

/** What a rule is to be, and the mark of its resource. */
interface Change extends RuleUpdate {
  readonly owner?: string | undefined;
}

/** Changes a rule, with others of its group; another of the same program that is in its way makes way for it. */
export const modifyJointly = joinedByRule<{ readonly groupId: string }, Change>({
  send: ({ client }, { groupId }, updates) =>
    client.send(new ModifySecurityGroupRulesCommand(modifyRequest(groupId, updates))),
  tell: (target, { groupId }) => {
    const staying = new Set<string>();
    return async (refusal, updates, means) =>
      isDuplicate(refusal.error)
        ? tellDoubled({ target, groupId, staying }, refusal, updates, means)
        : tellByDestination(refusal.error, groupId, updates);
  },
  canMend: isDuplicate,
});

interface Where {
  readonly target: Target;
  readonly groupId: string;
  /** The rules that could not be changed, by id: they make way for none. */
  readonly staying: Set<string>;
}

/** Those that are to become what a rule of others is fail; for the rest, those of the program make way. */
async function tellDoubled(
  { target, groupId, staying }: Where,
  refusal: Refusal,
  updates: readonly Change[],
  means: Means<Change>,
): Promise<Told<Change, unknown> | undefined> {
  const { error } = refusal;
  const there = await groupRules(target, groupId).catch(() => undefined);
  if (there === undefined) return undefined;
  const holder = (update: Change) => there.byIdentity.get(identityOf(update));
  const isOthers = (update: Change) => {
    const rule = holder(update);
    if (rule === undefined || rule.id === update.id) return false;
    return staying.has(rule.id) || !isOfProgram(target.client, rule, update.owner);
  };
  const doubled = updates.filter(isOthers);
  if (doubled.length > 0) {
    for (const { id } of doubled) staying.add(id);
    const own = doubled.length === 1 ? error : inOwnWords(error, "the specified rule already exists");
    return {
      outcomes: failedAll(doubled, own),
      untried: updates.filter((update) => !doubled.includes(update)),
    };
  }
  const isInTheWay = ({ id }: FoundRule) =>
    updates.some((update) => update.id !== id && holder(update)?.id === id);
  const rules = new Map([...there.byIdentity.values()].map((rule) => [rule.id, rule]));
  const trading = updates.filter((update) => {
    const own = rules.get(update.id);
    return ![undefined, update.id].includes(holder(update)?.id) || (own !== undefined && isInTheWay(own));
  });
  if (trading.length === 0) return undefined;
  const untried = updates.filter((update) => !trading.includes(update));
  const ofThese = untried.length === 0 ? refusal : undefined;
  return { outcomes: await trade(trading, rules, ofThese, means), untried };
}
