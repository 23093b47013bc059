import { isAboutAll, isQuotaExceeded } from "../errors";
import { type Outcome, type Outcomes, sameForAll } from "./joined";

/** A kind of request that accepts all of its members or none. */
export interface Request<Member, Answer> {
  /** Sends it; returns how to read the answer for each member. */
  readonly send: (members: readonly Member[]) => Promise<(member: Member) => Answer>;
  /** Looks up which members a refusal is about, if possible, and returns the outcomes of those. */
  readonly look: (error: unknown, members: readonly Member[]) => Promise<Outcomes<Member, Answer>>;
  /** Whether each member would get the same refusal. */
  readonly isAboutAll?: (error: unknown, members: readonly Member[]) => boolean;
  /** What uses the same part of a quota: if EC2 refuses one such member, it refuses them all. */
  readonly quotaOf?: (member: Member) => string;
}

/**
 * Sends one request for all members. If EC2 refuses it because of some, sends further requests so that only those fail.
 *
 * Bisection finds members that no look-up identifies. The rest of a refused half waits until the culprit is found, then
 * goes in one request.
 */
export async function settle<Member, Answer>(
  members: readonly Member[],
  { send, look, isAboutAll: aboutAll = isAboutAll, quotaOf = () => "" }: Request<Member, Answer>,
): Promise<Outcomes<Member, Answer>> {
  const outcomes = new Map<Member, Outcome<Answer>>();
  const note = (some: Outcomes<Member, Answer>) => {
    for (const [member, outcome] of some) outcomes.set(member, outcome);
  };
  const fail = (some: readonly Member[], error: unknown) => {
    for (const member of some) outcomes.set(member, { error });
  };

  const attempt = async (some: readonly Member[]): Promise<{ readonly error: unknown } | undefined> => {
    const sent = await sameForAll(some, () => send(some));
    const refusal = [...sent.values()].find((outcome) => "error" in outcome);
    if (refusal === undefined) note(sent);
    return refusal;
  };

  /** Finds at least one member that a refusal is about; returns those still to try. */
  const blame = async (some: readonly Member[], error: unknown): Promise<readonly Member[]> => {
    const told = await look(error, some);
    if (told.size > 0) {
      note(told);
      return some.filter((member) => !told.has(member));
    }
    const [only, ...others] = some;
    if (only === undefined || others.length === 0 || aboutAll(error, some)) {
      fail(some, error);
      return [];
    }
    const middle = Math.ceil(some.length / 2);
    const [first, second] = [some.slice(0, middle), some.slice(middle)];
    const refusal = await attempt(first);
    // EC2 accepted the first half, so the refusal was about the second.
    return refusal === undefined ? blame(second, error) : [...(await blame(first, refusal.error)), ...second];
  };

  for (let untried = members; untried.length > 0; ) {
    const refusal = await attempt(untried);
    if (refusal === undefined) break;
    const left = await blame(untried, refusal.error);
    const full = new Map(untried.flatMap((one) => quotaRefusal(outcomes.get(one), quotaOf(one))));
    for (const one of left) if (full.has(quotaOf(one))) outcomes.set(one, { error: full.get(quotaOf(one)) });
    untried = left.filter((one) => !full.has(quotaOf(one)));
  }
  return outcomes;
}

function quotaRefusal<Answer>(outcome: Outcome<Answer> | undefined, quota: string): [string, unknown][] {
  const isRefused = outcome !== undefined && "error" in outcome && isQuotaExceeded(outcome.error);
  return isRefused ? [[quota, outcome.error]] : [];
}
