import { stackOf } from "../ec2/claim";
import { type Attempt, EgressError, explain } from "../ec2/errors";
import type { FoundRule } from "../ec2/foundRule";
import { quote } from "../rule/failure";

/** Which rules a resource may take over. */
export interface Terms {
  /** The stack of the resource, if it claims its rules. */
  readonly stack: string | undefined;
  /** Whether to take over an unclaimed rule or another stack's, or which one. */
  readonly adopt: boolean | string | undefined;
  /** The ids of the rules that it holds in state: EC2 may have hidden them at first. */
  readonly held: ReadonlySet<string>;
}

/** Whether an existing rule belongs to this stack. */
export function isOfStack({ claim }: Pick<FoundRule, "claim">, { stack }: Pick<Terms, "stack">): boolean {
  return claim !== undefined && stackOf(claim) === stack;
}

/** Whether the resource that declares an existing rule may take it over. */
export function mayTake(there: FoundRule, { stack, adopt, held }: Terms): boolean {
  if (isOfStack(there, { stack }) || (there.claim === undefined && held.has(there.id))) return true;
  return typeof adopt === "string" ? there.id === adopt : adopt === true && there.claim === undefined;
}

/** The error for a duplicate rule: its id, description, tags, stack, and the remedy. */
export function duplicateError(error: unknown, attempt: Attempt, there: FoundRule): EgressError {
  const { id, tags, claim, inputs } = there;
  const facts = [
    `description ${inputs.description === undefined ? "none" : quote(inputs.description)}`,
    `tags ${Object.keys(tags).length === 0 ? "none" : JSON.stringify(tags)}`,
    claim === undefined ? "claimed by no stack" : `claimed by the stack ${quote(stackOf(claim))}`,
  ];
  const remedy =
    claim === undefined
      ? "To adopt it, set adopt: true."
      : `That stack manages it: leave it there, or adopt it with an EgressRule that has adopt: "${id}".`;
  const { message } = explain(error, attempt);
  return new EgressError(`${message}\nIt is ${id}: ${facts.join(", ")}.\n${remedy}`, { cause: error });
}
