import { ModifySecurityGroupRulesCommand } from "@aws-sdk/client-ec2";
import { inOwnWords, isDuplicate } from "../errors";
import { modifyRequest, type RuleUpdate } from "../requests";
import type { Target } from "../target";
import { joinedByRule } from "./byRule";
import { groupRules, identityOf } from "./groupRules";
import type { Told } from "./tellApart";
import { tellByDestination } from "./tellNamed";

/** Changes a rule, with others of its group. */
export const modifyJointly = joinedByRule<{ readonly groupId: string }, RuleUpdate>({
  send: ({ client }, { groupId }, updates) =>
    client.send(new ModifySecurityGroupRulesCommand(modifyRequest(groupId, updates))),
  tell:
    (target, { groupId }) =>
    async ({ error }, updates) =>
      isDuplicate(error)
        ? tellDoubled(target, groupId, error, updates)
        : tellByDestination(error, groupId, updates),
});

/** Those that are to become what another rule is, which stays as it is; where all change, any other rule. */
async function tellDoubled(
  target: Target,
  groupId: string,
  error: unknown,
  updates: readonly RuleUpdate[],
): Promise<Told<RuleUpdate, unknown> | undefined> {
  const rules = await groupRules(target, groupId).catch(() => undefined);
  const holder = (update: RuleUpdate) => rules?.byIdentity.get(identityOf(update))?.id;
  const changing = new Set(updates.map(({ id }) => id));
  const taken = updates.filter((update) => ![undefined, update.id].includes(holder(update)));
  const standing = taken.filter((update) => !changing.has(holder(update) ?? ""));
  const doubled = standing.length > 0 ? standing : taken;
  if (doubled.length === 0) return undefined;
  const own = doubled.length === 1 ? error : inOwnWords(error, "the specified rule already exists");
  return {
    outcomes: new Map(doubled.map((update) => [update, { error: own }])),
    untried: updates.filter((update) => !doubled.includes(update)),
  };
}
