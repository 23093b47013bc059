import type { EC2Client } from "@aws-sdk/client-ec2";
import type { Target } from "../target";
import { inWaves } from "./inWaves";
import { joined } from "./joined";
import { type Request, tellApart } from "./tellApart";
import { tellByRuleId } from "./tellNamed";
import type { Turns } from "./turns";

/** What is asked for a rule that is there. */
export interface OfRule {
  readonly id: string;
}

type Tell<Member> = Request<Member, unknown>["tell"];

/** One kind of call that names rules by their ids. */
export interface ByRule<Common, Member> {
  readonly send: (target: Target, common: Common, members: readonly Member[]) => Promise<unknown>;
  /** Tells whom a refusal is about that names no rule. */
  readonly tell?: (target: Target, common: Common) => Tell<Member>;
  /** Whether something can be done about the refusal of one alone. */
  readonly canMend?: (error: unknown) => boolean;
  readonly turnsOf?: (client: EC2Client) => Turns;
}

/** Joins calls that name rules by their ids. */
export function joinedByRule<Common extends object, Member extends OfRule>({
  send,
  tell: tellUnnamed = () => async () => undefined,
  canMend = () => false,
  turnsOf,
}: ByRule<Common, Member>): (target: Target, common: Common, member: Member) => Promise<unknown> {
  return joined<Common, Member, unknown>(({ target, common, members, take }) => {
    const [byId, unnamed] = [tellByRuleId<Member, unknown>(target), tellUnnamed(target, common)];
    const tell: Tell<Member> = async (...refused) => (await byId(...refused)) ?? unnamed(...refused);
    const sendAll = async (some: readonly Member[]) => {
      const answer = await send(target, common, some);
      return () => answer;
    };
    // What is found out about a refused request holds until it has been settled: no other of its kind comes between.
    return take(() =>
      inWaves(
        members,
        ({ id }) => id,
        (wave) => tellApart(wave, { send: sendAll, tell, canMend }),
      ),
    );
  }, turnsOf);
}
