import { EgressError, explain, isDuplicate } from "../../ec2/errors";
import { findByIdentity } from "../../ec2/find";
import type { Target } from "../../ec2/target";
import { isRecord } from "../../rule/record";
import type { Host } from "../host";
import { duplicateError } from "./duplicate";
import type { EgressRuleInputs } from "./inputs";
import { type EgressRuleState, readInputs, readState } from "./state";
import { type UpdateStep, updatedState, updatePlan } from "./updatePlan";

/** Brings a rule to what is declared; it keeps its id. */
export async function update(host: Host, id: string, oldProps: unknown, newProps: unknown) {
  const olds = readState(id, oldProps);
  const news = readInputs(newProps);
  const target = host.target(olds.region);
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
  return { outs: { ...updatedState(olds, news) } };
}

async function explainUpdate(error: unknown, step: UpdateStep, target: Target, news: EgressRuleInputs) {
  const existing = isDuplicate(error) ? await findByIdentity(target, news) : undefined;
  if (existing === undefined) return explain(error, step.attempt);
  const remedy = `Only a new resource can adopt a rule, and ${news.securityGroupId} keeps a rule only once: remove ${existing.id} first, or leave this one as it was.`;
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
