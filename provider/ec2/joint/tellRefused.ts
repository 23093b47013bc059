import { type RuleInputs, ruleOf } from "../../rule/rule";
import { DEFAULT_QUOTA } from "../../rule/weight";
import { inOwnWords, isDuplicate, isQuotaExceeded, mayHaveTakenEffect } from "../errors";
import type { MadeRule } from "../foundRule";
import type { Target } from "../target";
import { type Alike, fill } from "./fill";
import { groupRules, identityOf } from "./groupRules";
import type { Outcome } from "./joined";
import type { Request, Told } from "./tellApart";
import { tellByDestination } from "./tellNamed";

interface Wanted {
  readonly inputs: RuleInputs;
}

type Made = MadeRule | undefined;

/**
 * Tells whom the refusal of a joint Authorize is about.
 *
 * @param mark the mark of the request, which no other has
 */
export function tellRefused<Member extends Wanted>(
  target: Target,
  groupId: string,
  mark: string | undefined,
): Request<Member, Made>["tell"] {
  return async (refusal, wanted, means) => {
    const { error } = refusal;
    if (isQuotaExceeded(error)) return fill(await kindsOf(target, groupId, wanted), refusal, means);
    return isDuplicate(error) || mayHaveTakenEffect(error)
      ? tellWhatIsThere(target, groupId, mark, error, wanted)
      : tellByDestination(error, groupId, wanted);
  };
}

/** What is there with the mark of the request, it has made though its answer was lost; the rest is another's. */
async function tellWhatIsThere<Member extends Wanted>(
  target: Target,
  groupId: string,
  mark: string | undefined,
  error: unknown,
  wanted: readonly Member[],
): Promise<Told<Member, Made> | undefined> {
  const rules = await groupRules(target, groupId).catch(() => undefined);
  const there = wanted.flatMap((one) => {
    const rule = rules?.byIdentity.get(identityOf(one));
    return rule ? [{ one, rule, isOurs: mark !== undefined && rule.owner === mark }] : [];
  });
  const ours = there.filter(({ isOurs }) => isOurs);
  const others = isDuplicate(error) ? there.filter(({ isOurs }) => !isOurs) : [];
  // EC2 names only one of several.
  const own = others.length === 1 ? error : inOwnWords(error, "the specified rule already exists");
  const outcomes = new Map<Member, Outcome<Made>>([
    ...ours.map(({ one, rule }) => [one, { answer: rule }] as const),
    ...others.map(({ one }) => [one, { error: own }] as const),
  ]);
  if (outcomes.size === 0) return undefined;
  return { outcomes, untried: wanted.filter((one) => !outcomes.has(one)) };
}

/** The rules by what they weigh: each prefix list counts as its own number of entries. */
async function kindsOf<Member extends Wanted>(
  target: Target,
  groupId: string,
  wanted: readonly Member[],
): Promise<Alike<Member>[]> {
  const rules = await groupRules(target, groupId).catch(() => undefined);
  const kinds = new Map<string, Member[]>();
  for (const one of wanted) {
    const { destination } = ruleOf(one.inputs);
    const kind =
      destination?.kind === "prefixList" ? destination.value : (destination?.kind ?? "securityGroup");
    kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
  }
  return [...kinds].map(([kind, members]) => {
    if (rules === undefined) return { members, room: members.length };
    const { ipv4, ipv6 } = rules.used;
    const used = kind === "ipv4" ? ipv4 : kind === "ipv6" ? ipv6 : Math.max(ipv4, ipv6);
    return { members, room: DEFAULT_QUOTA - used };
  });
}
