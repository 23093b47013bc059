import { EgressError } from "../../ec2/errors";
import { findById } from "../../ec2/find";
import { identityOf } from "../../rule/identity";
import { ruleTextOnGroup } from "../../rule/rule";
import { isOfStack, type Terms } from "../duplicate";
import type { Host } from "../host";
import { obtain } from "../obtain";
import { PartialFailure } from "../partialFailure";
import { type Obtained, type Place, takeOver } from "../takeOver";
import type { EgressRuleInputs } from "./inputs";
import { partialState, readInputs, stateOf, wantedRule } from "./state";
import { tellAdopted } from "./tellAdopted";

/** Creates the rule, or takes over an existing one that belongs to this stack or may be adopted. */
export async function create(host: Host, props: unknown) {
  const inputs = readInputs(props);
  const place = { run: host.run, target: host.target(inputs.region) };
  const terms = { stack: inputs.owner, adopt: inputs.adopt, held: new Set<string>() };
  const wanted = wantedRule(inputs, host.run.claim(inputs.owner));
  const named =
    typeof inputs.adopt === "string" ? await findNamed(place, inputs, inputs.adopt, terms) : undefined;
  const { rule, error, isAdopted }: Obtained = named
    ? await takeOver(place, named, wanted)
    : await obtain(place, wanted, terms);
  if (isAdopted) tellAdopted(host.run.checked.declaredBy(inputs), inputs, rule.id);
  if (error === undefined) return { id: rule.id, outs: { ...stateOf(inputs, rule) } };
  const state = partialState(inputs, rule, host.settings().defaultTags);
  throw new PartialFailure(error, rule.id, state, props);
}

/** The rule that `adopt: "sgr-…"` names; undefined if it is gone, or if it was adopted before and this replaces it. */
async function findNamed({ run, target }: Place, inputs: EgressRuleInputs, id: string, terms: Terms) {
  const found = await findById(target, id);
  if (found === undefined) return undefined;
  if (found.isEgress && identityOf(found) === identityOf({ inputs })) return found;
  if (isOfStack(found, terms) || run.replacesIn(found.inputs.securityGroupId, id)) return undefined;
  const direction = found.isEgress ? "" : ", inbound";
  throw new EgressError(
    `adopting ${id}: it is ${ruleTextOnGroup(found.inputs)}${direction}, not ${ruleTextOnGroup(inputs)}.\nDeclare the rule as it is and adopt it, then change it; or remove adopt to create another rule.`,
  );
}
