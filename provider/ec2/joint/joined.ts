import type { EC2Client } from "@aws-sdk/client-ec2";
import DataLoader from "dataloader";
import { MOST_IN_REQUEST } from "../../rule/plan/parts";
import type { Target } from "../target";
import { makeTurns, type Take } from "./turns";

/** The outcome for one member of a joint request. */
export type Outcome<Answer> = { readonly answer: Answer } | { readonly error: unknown };

export type Outcomes<Member, Answer> = ReadonlyMap<Member, Outcome<Answer>>;

/** Requests with the same target and the same shared values. */
export interface Joint<Common, Member> {
  readonly target: Target;
  readonly common: Common;
  readonly members: readonly Member[];
  readonly take: Take;
}

/** The name of a kind of calls, and the kind that it waits for. */
interface Kind {
  readonly kind: string;
  readonly after?: string;
}

/**
 * Joins many requests into one: those that arrive while a call of the same kind is in flight share the next call.
 *
 * @param settle decides the outcome of each member, in as many requests as it takes
 * @returns a function that requests one member, and fails as that member does
 */
export function joined<Common extends object, Member extends object, Answer>(
  kindOf: (common: Common) => Kind,
  settle: (joint: Joint<Common, Member>) => Promise<Outcomes<Member, Answer>>,
): (target: Target, common: Common, member: Member) => Promise<Answer> {
  type Loader = DataLoader<Member, Outcome<Answer>>;
  const loaders = new WeakMap<EC2Client, Map<string, Loader>>();

  const makeLoader = (target: Target, common: Common): Loader => {
    const { kind, after } = kindOf(common);
    const { schedule, take } = makeTurns(target.client, kind, after);
    const load = async (members: readonly Member[]) => {
      const outcomes = await settle({ target, common, members, take });
      return members.map((member) => outcomes.get(member) ?? new Error("a member has no outcome"));
    };
    return new DataLoader(load, { cache: false, maxBatchSize: MOST_IN_REQUEST, batchScheduleFn: schedule });
  };

  return async (target, common, member) => {
    const ofClient = loaders.get(target.client) ?? new Map<string, Loader>();
    loaders.set(target.client, ofClient);
    const key = JSON.stringify(common);
    const loader = ofClient.get(key) ?? makeLoader(target, common);
    ofClient.set(key, loader);
    const outcome = await loader.load(member);
    if ("error" in outcome) throw outcome.error;
    return outcome.answer;
  };
}

/** One outcome for all, from a call that does not distinguish its members. */
export async function sameForAll<Member, Answer>(
  members: readonly Member[],
  call: () => Promise<(member: Member) => Answer>,
): Promise<Outcomes<Member, Answer>> {
  try {
    const answerOf = await call();
    return new Map(members.map((member) => [member, { answer: answerOf(member) }]));
  } catch (error) {
    return new Map(members.map((member) => [member, { error }]));
  }
}
