import { EgressError } from "../../ec2/errors";
import { findById, findByIdentity } from "../../ec2/find";
import { discreetly } from "../../rule/discreetly";
import { nameIn } from "../../rule/fromProgram";
import { identityOf } from "../../rule/identity";
import { type RuleInputs, ruleOf, ruleText } from "../../rule/rule";
import { isKnown, isUnknown } from "../../rule/unknown";
import { isOfStack, mayTake } from "../duplicate";
import type { Host } from "../host";
import { soon } from "../soon";
import type { EgressRuleInputs } from "./inputs";

/** Reports that a resource has adopted a rule, or will. */
export function tellAdopted(urn: string | undefined, inputs: RuleInputs, id: string, isSecret = false): void {
  if (urn === undefined) return;
  const rule = isSecret ? "a rule" : ruleText(ruleOf(inputs));
  console.error(discreetly(`${nameIn(urn)}: + ${rule} (adopted ${id})`));
}

/** Reports at preview which existing rule a new resource will adopt. */
export async function foretellAdopted(
  host: Host,
  urn: string | undefined,
  inputs: EgressRuleInputs,
  isSecret: boolean,
): Promise<void> {
  const { adopt, owner } = inputs;
  if (adopt === undefined || isUnknown(adopt) || !isKnown(ruleOf(inputs)) || isUnknown(inputs.region)) return;
  const target = host.target(inputs.region);
  try {
    const look = typeof adopt === "string" ? findById(target, adopt) : findByIdentity(target, inputs);
    const found = await soon(look);
    const isThere = found?.isEgress && identityOf(found) === identityOf({ inputs });
    const terms = { stack: owner, adopt, held: new Set<string>() };
    if (isThere && mayTake(found, terms) && !isOfStack(found, terms))
      tellAdopted(urn, inputs, found.id, isSecret);
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    const text = `cannot tell yet which rule it adopts: ${error.message}`;
    console.error(discreetly(`${urn === undefined ? inputs.securityGroupId : nameIn(urn)}: ${text}`));
  }
}
