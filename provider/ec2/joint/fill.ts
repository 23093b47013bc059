import { isQuotaExceeded } from "../errors";
import { failedAll, type Outcome } from "./joined";
import type { Means, Refusal, Told } from "./tellApart";

/** Rules that weigh the same in the same families, so that it does not matter which of them are made. */
export interface Alike<Member> {
  readonly members: readonly Member[];
  /** For how many of them there may be room. */
  readonly room: number;
}

/**
 * Makes as many rules as the group has room for.
 *
 * EC2 says neither how many these are nor what the group's quota is. They are searched for: the room that there may
 * be first, then one more, which most often is refused and ends the search, then by halves.
 */
export async function fill<Member, Answer>(
  kinds: readonly Alike<Member>[],
  refusal: Refusal,
  means: Means<Member>,
): Promise<Told<Member, Answer>> {
  const outcomes = new Map<Member, Outcome<Answer>>();
  const untried: Member[] = [];
  for (const kind of kinds) {
    // Several kinds did not fit together; each of them may.
    const tooMany = kinds.length === 1 ? kind.members.length : kind.members.length + 1;
    const found = await fillOne<Member, Answer>(kind, tooMany, refusal, means);
    for (const [member, outcome] of found.outcomes) outcomes.set(member, outcome);
    untried.push(...found.untried);
  }
  return { outcomes, untried };
}

/** @param tooMany as many are known not to fit */
async function fillOne<Member, Answer>(
  { members, room }: Alike<Member>,
  tooMany: number,
  refusal: Refusal,
  { attempt, settle }: Means<Member>,
): Promise<Told<Member, Answer>> {
  // Where there should be room for all and is not, the guess is of no use.
  const guesses = room < members.length || tooMany > members.length ? [room, 1] : [];
  let made = 0;
  let refused = refusal;
  while (tooMany - made > 1) {
    const most = tooMany - made - 1;
    const guess = guesses.shift() ?? Math.ceil(most / 2);
    const end = made + Math.min(Math.max(guess, 1), most);
    const some = members.slice(made, end);
    const next = await attempt(some);
    if (next === undefined) {
      made = end;
    } else if (isQuotaExceeded(next.error)) {
      tooMany = end;
      refused = next;
    } else {
      return { outcomes: new Map(), untried: [...(await settle(some, next)), ...members.slice(end)] };
    }
  }
  return { outcomes: failedAll(members.slice(made), refused.error), untried: [] };
}
