import { EgressError, explain, isDuplicate } from "../../ec2/errors";
import { findById, findByIdentity } from "../../ec2/find";
import type { FoundRule } from "../../ec2/foundRule";
import { authorizeStep, take } from "../../ec2/steps";
import type { Target } from "../../ec2/target";
import { waitForGroup } from "../../ec2/waitForGroup";
import { identity } from "../../rule/identity";
import { withoutUndefined } from "../../rule/record";
import { ruleOf, ruleTextOnGroup } from "../../rule/rule";
import type { Host } from "../host";
import { adoptRemedy, duplicateError, mayTake } from "./duplicate";
import type { EgressRuleInputs } from "./inputs";
import { foundState, knownTags, readInputs, stateOf } from "./state";
import { updatePlan } from "./updatePlan";

/** Makes the rule, or takes over the one that is there where that is its own or may be adopted. */
export async function create(host: Host, props: unknown) {
  const inputs = readInputs(props);
  const target = host.target(inputs.region);
  const found = (await findNamed(target, inputs)) ?? (await authorize(target, inputs));
  return { id: found.id, outs: { ...stateOf(inputs, found) } };
}

/** The rule that `adopt: "sgr-…"` names, brought to what is declared; undefined where it is gone or none is named. */
async function findNamed(target: Target, inputs: EgressRuleInputs): Promise<FoundRule | undefined> {
  if (typeof inputs.adopt !== "string") return undefined;
  const found = await findById(target, inputs.adopt);
  if (found === undefined) return undefined;
  if (!found.isEgress || identity(ruleOf(found.inputs)) !== identity(ruleOf(inputs))) {
    const direction = found.isEgress ? "" : ", inbound";
    throw new EgressError(
      `adopting ${inputs.adopt}: it is ${ruleTextOnGroup(found.inputs)}${direction}, not ${ruleTextOnGroup(inputs)}.\nDeclare the rule as it is and adopt it, then change it; or leave out adopt to make another.`,
    );
  }
  return takeOver(target, found, inputs);
}

async function authorize(target: Target, inputs: EgressRuleInputs): Promise<FoundRule> {
  const step = authorizeStep(target, inputs, knownTags(inputs.tagsAll), inputs.owner);
  try {
    const made =
      (await waitForGroup(inputs.securityGroupId, step.send)) ?? (await findByIdentity(target, inputs));
    if (made) return made;
  } catch (error) {
    if (!isDuplicate(error)) throw error instanceof EgressError ? error : explain(error, step.attempt);
    const existing = await findByIdentity(target, inputs);
    if (existing && mayTake(existing, inputs)) return takeOver(target, existing, inputs);
    if (existing === undefined) throw explain(error, step.attempt);
    throw duplicateError(error, step.attempt, existing, inputs.owner, adoptRemedy(existing, inputs));
  }
  throw new EgressError(
    `${step.attempt.doing}: EC2 took the rule, but neither its answer nor a look-up shows it.\nRun \`pulumi up\` again: the rule carries this resource's mark and will be found.`,
  );
}

/** Brings description, tags and mark of an existing rule to what is declared. */
async function takeOver(target: Target, found: FoundRule, inputs: EgressRuleInputs): Promise<FoundRule> {
  const asFound = withoutUndefined({ ...foundState(found, inputs.region), owner: found.owner });
  for (const step of updatePlan(target, asFound, inputs)) await take(step);
  return found;
}
