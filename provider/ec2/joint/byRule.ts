import type { RuleUpdate } from "../../rule/plan/planStep";
import type { Tags } from "../../rule/tags";
import { modifyCommand, removeTagsCommand, revokeCommand, setTagsCommand } from "../commands";
import { inOwnWords, isGroupMissing, isRuleMissing } from "../errors";
import type { Target } from "../target";
import { joined } from "./joined";
import { settle } from "./refused";
import { LOOK_UP, ruleById } from "./ruleById";

/** A request about an existing rule. */
interface OfRule {
  readonly id: string;
}

interface OfGroup {
  readonly groupId: string;
}

/** Changes a rule, together with others of its group. */
export const modifyJointly = joinedByRule<OfGroup, RuleUpdate>("modify", ({ client }, { groupId }, updates) =>
  client.send(modifyCommand(groupId, updates)),
);

/** Sets tags on a rule, together with rules of any group that get the same tags. */
export const setTagsJointly = joinedByRule<{ readonly tags: Tags }, OfRule>(
  "set tags",
  ({ client }, { tags }, rules) => client.send(setTagsCommand(idsOf(rules), tags)),
);

/** Removes tags from a rule, together with rules of any group that lose the same tags. */
export const removeTagsJointly = joinedByRule<{ readonly keys: readonly string[] }, OfRule>(
  "remove tags",
  ({ client }, { keys }, rules) => client.send(removeTagsCommand(idsOf(rules), keys)),
);

/** Revokes a rule, together with others of its group, including those whose look-up is under way. */
export const revokeJointly = joinedByRule<OfGroup, OfRule>(
  "revoke",
  ({ client }, { groupId }, rules) => client.send(revokeCommand(groupId, idsOf(rules))),
  LOOK_UP,
);

function idsOf(rules: readonly OfRule[]): string[] {
  return rules.map(({ id }) => id);
}

/** Joins calls that name rules by their ids. */
function joinedByRule<Common extends object, Member extends OfRule>(
  kind: string,
  send: (target: Target, common: Common, members: readonly Member[]) => Promise<unknown>,
  after?: string,
): (target: Target, common: Common, member: Member) => Promise<unknown> {
  return joined<Common, Member, unknown>(
    () => ({ kind, ...(after !== undefined && { after }) }),
    ({ target, common, members, take }) =>
      // A look-up about a refused request is valid until that request is settled: no other of its kind comes between.
      take(() =>
        settle(members, {
          send: async (some) => {
            await send(target, common, some);
            return () => undefined;
          },
          look: (error, some) => whoIsGone(target, error, some),
        }),
      ),
  );
}

/** EC2 names one of the missing rules, and may name a different one next time. */
async function whoIsGone<Member extends OfRule>(target: Target, error: unknown, members: readonly Member[]) {
  const gone = new Map<Member, { readonly error: unknown }>();
  if (!isRuleMissing(error) || isGroupMissing(error) || members.length === 1) return gone;
  const found = await Promise.all(members.map(({ id }) => ruleById(target, id))).catch(() => members);
  members.forEach((member, place) => {
    const own = `The security group rule ID '${member.id}' does not exist`;
    if (found[place] === undefined) gone.set(member, { error: inOwnWords(error, own) });
  });
  return gone;
}
