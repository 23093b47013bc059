import type { EC2Client } from "@aws-sdk/client-ec2";
import { type Attempt, EgressError, explain } from "../../ec2/errors";
import type { FoundRule } from "../../ec2/foundRule";
import { sameStack } from "../../ec2/mark";
import { quote } from "../../rule/failure";
import { isOwn } from "../../run/held";
import type { EgressRuleInputs } from "./inputs";

/** Whether a rule that is there already may be taken for, or taken over by, the one declared. */
export function mayTake(client: EC2Client, existing: FoundRule, { owner, adopt }: EgressRuleInputs): boolean {
  if (isOwn(client, existing, owner)) return true;
  if (typeof adopt === "string") return existing.id === adopt;
  return adopt === true && (existing.owner === undefined || isOfThisStack(existing, owner));
}

/** The error of a rule that is there already: its id, description, tags, owner, and what to do. */
export function duplicateError(
  error: unknown,
  attempt: Attempt,
  existing: FoundRule,
  ours: string | undefined,
  remedy: string,
): EgressError {
  const { id, tags } = existing;
  const description = existing.inputs.description;
  const facts = [
    `description ${description === undefined ? "none" : quote(description)}`,
    `tags ${Object.keys(tags).length === 0 ? "none" : JSON.stringify(tags)}`,
    `owner ${ownerText(existing, ours)}`,
  ];
  const { message } = explain(error, attempt);
  return new EgressError(`${message}\nIt is ${id}: ${facts.join(", ")}.\n${remedy}`, { cause: error });
}

/** What to do where a new resource finds its rule there: how to adopt it. */
export function adoptRemedy(existing: FoundRule, { owner, securityGroupId }: EgressRuleInputs): string {
  const { id } = existing;
  if (existing.owner === undefined)
    return `To take it over, set adopt: true, or adopt: "${id}" for this one only.`;
  if (isOfThisStack(existing, owner)) {
    return `If this is that resource under a new name, give it aliases or adopt: true; if both are to be, one of them has to go, as ${securityGroupId} keeps a rule only once.`;
  }
  return `Another program manages it: leave it there, or take it over with adopt: "${id}".`;
}

function ownerText({ owner }: FoundRule, ours: string | undefined): string {
  if (owner === undefined) return "none";
  return ours !== undefined && sameStack(owner, ours) ? `${quote(owner)}, of this stack` : quote(owner);
}

function isOfThisStack(existing: FoundRule, owner: string | undefined): boolean {
  return existing.owner !== undefined && owner !== undefined && sameStack(existing.owner, owner);
}
