import { isAboutAll } from "../errors";
import { failedAll, type Outcome, type Outcomes } from "./joined";

/** Why EC2 refused a request. */
export interface Refusal {
  readonly error: unknown;
}

/** What is known of the members of a refused request: what came of some, and who may still be in the right. */
export interface Told<Member, Answer> {
  readonly outcomes: Outcomes<Member, Answer>;
  readonly untried: readonly Member[];
}

/** What a way of telling members apart may do to find out. */
export interface Means<Member> {
  /** Sends a request for these members; where EC2 takes it, that is settled. */
  readonly attempt: (members: readonly Member[]) => Promise<Refusal | undefined>;
  /** Settles some of the members of a refused request; returns those that are yet to be tried. */
  readonly settle: (members: readonly Member[], refusal: Refusal) => Promise<readonly Member[]>;
}

/** A kind of request that takes all of its members or none. */
export interface Request<Member, Answer> {
  /** Sends it; returns how the answer reads for each. */
  readonly send: (members: readonly Member[]) => Promise<(member: Member) => Answer>;
  /** Tells whom a refusal is about, by its words or by a look-up: at least one of them, or undefined. */
  readonly tell: (
    refusal: Refusal,
    members: readonly Member[],
    means: Means<Member>,
  ) => Promise<Told<Member, Answer> | undefined>;
  /** Whether something can be done about the refusal of one alone, so that it is to be told, too. */
  readonly canMend?: (error: unknown) => boolean;
  /** Whether a refusal would be the same for each of them; where EC2's codes alone do not say. */
  readonly isAboutAll?: (error: unknown, members: readonly Member[]) => boolean;
}

/**
 * Sends one request for all, and where it is refused for the sake of some, further ones in which those fail alone.
 *
 * Whom neither the refusal nor a look-up names is found by halves. What a half that was refused leaves over is not
 * tried at every step, but once when the guilty one is found.
 */
export async function tellApart<Member, Answer>(
  members: readonly Member[],
  { send, tell, canMend = () => false, isAboutAll: aboutAll = isAboutAll }: Request<Member, Answer>,
): Promise<Outcomes<Member, Answer>> {
  const outcomes = new Map<Member, Outcome<Answer>>();
  const note = (some: Outcomes<Member, Answer>) => {
    for (const [member, outcome] of some) outcomes.set(member, outcome);
  };

  const attempt = async (some: readonly Member[]): Promise<Refusal | undefined> => {
    try {
      const answerOf = await send(some);
      note(new Map(some.map((member) => [member, { answer: answerOf(member) }])));
      return undefined;
    } catch (error) {
      return { error };
    }
  };

  const settle = async (some: readonly Member[], refusal: Refusal): Promise<readonly Member[]> => {
    const isToTell = some.length > 1 || canMend(refusal.error);
    const told = isToTell ? await tell(refusal, some, { attempt, settle }) : undefined;
    if (told) {
      note(told.outcomes);
      return told.untried;
    }
    if (some.length === 1 || aboutAll(refusal.error, some)) {
      note(failedAll(some, refusal.error));
      return [];
    }
    const middle = Math.ceil(some.length / 2);
    const [first, second] = [some.slice(0, middle), some.slice(middle)];
    const ofFirst = await attempt(first);
    // With the first half taken, the refusal was about the second.
    if (ofFirst === undefined) return settle(second, refusal);
    return [...(await settle(first, ofFirst)), ...second];
  };

  for (let untried = members; untried.length > 0; ) {
    const refusal = await attempt(untried);
    if (refusal === undefined) break;
    untried = await settle(untried, refusal);
  }
  return outcomes;
}
