import { EgressError, explain, isDuplicate } from "../../ec2/errors";
import { findById, findByIdentity } from "../../ec2/find";
import { standsFor } from "../../ec2/mark";
import { isTakenFrom } from "../../ec2/taken";
import type { Target } from "../../ec2/target";
import { isRecord } from "../../rule/record";
import type { Host } from "../host";
import { duplicateError } from "./duplicate";
import type { EgressRuleInputs } from "./inputs";
import { type EgressRuleState, readInputs, readState, stateOf } from "./state";
import { type UpdateStep, updatePlan, withHeldMark } from "./updatePlan";

/** Brings a rule to what is declared; it keeps its id. */
export async function update(host: Host, id: string, oldProps: unknown, newProps: unknown) {
  const olds = readState(id, oldProps);
  const news = withHeldMark(olds, readInputs(newProps));
  const target = host.target(olds.region);
  await checkStillOurs(target, olds, news);
  let done: EgressRuleState | undefined;
  for (const step of updatePlan(target, olds, news)) {
    try {
      await step.send();
    } catch (error) {
      const told = await explainUpdate(error, step, target, news);
      throw done === undefined ? told : new PartialUpdate(told, id, done, newProps);
    }
    done = step.after;
  }
  return { outs: { ...stateOf(news, { id, arn: olds.arn }) } };
}

/**
 * A rule that another resource has taken over, in this run or before it was first marked, is no longer this one's to
 * change. That another program took it since is seen by a refresh; asking at every update would cost a call each.
 */
async function checkStillOurs(target: Target, olds: EgressRuleState, news: EgressRuleInputs): Promise<void> {
  const id = olds.securityGroupRuleId;
  const isFirstMark = olds.owner === undefined && news.owner !== undefined;
  const owner = isFirstMark ? (await findById(target, id))?.owner : undefined;
  const isOthers = owner !== undefined && !standsFor(owner, news.owner);
  if (!isOthers && !isTakenFrom(target.client, id, olds.owner)) return;
  throw new EgressError(
    `changing rule ${id}: it belongs to ${owner ?? "another resource of this program"} now.\nRun \`pulumi refresh\`, then \`pulumi up\`: this resource will get a rule of its own.`,
  );
}

async function explainUpdate(error: unknown, step: UpdateStep, target: Target, news: EgressRuleInputs) {
  const existing = isDuplicate(error) ? await findByIdentity(target, news) : undefined;
  if (existing === undefined) return explain(error, step.attempt);
  const remedy = `Only a new resource can adopt a rule, and ${news.securityGroupId} keeps a rule only once. If that resource leaves the program or changes in this very \`up\`, do so in an \`up\` of its own first; name rules by what they are, and they need not trade places.`;
  return duplicateError(error, step.attempt, existing, news.owner, remedy);
}

/**
 * A failure after some calls of an update were made: the engine keeps the state they led to, and updates the rest
 * at the next `up`.
 */
class PartialUpdate extends EgressError {
  readonly id: string;
  readonly reasons: readonly string[];
  readonly properties: object;

  constructor(cause: EgressError, id: string, state: EgressRuleState, newProps: unknown) {
    super(cause.message, { cause });
    this.id = id;
    this.reasons = [cause.message];
    // Without this line in them, the engine could neither refresh nor delete the resource any more.
    const line = isRecord(newProps) ? { __provider: newProps.__provider } : {};
    this.properties = { ...state, ...line };
  }
}
