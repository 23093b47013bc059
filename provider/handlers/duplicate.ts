import { stackOf } from "../ec2/claim";
import { type Attempt, EgressError, explain } from "../ec2/errors";
import type { FoundRule } from "../ec2/foundRule";
import { quote } from "../rule/failure";

/** Whose rules a resource may take over. */
export interface Terms {
  /** The stack that it is of, where that claims its rules. */
  readonly stack: string | undefined;
  /** Whether, or which, rule of nobody's or another stack's is taken over. */
  readonly adopt: boolean | string | undefined;
  /** The ids of the rules that it holds by its state: what EC2 did not show at first may turn out to be there. */
  readonly held: ReadonlySet<string>;
}

/** Whether a rule that is there is this stack's. */
export function isOfStack({ claim }: Pick<FoundRule, "claim">, { stack }: Pick<Terms, "stack">): boolean {
  return claim !== undefined && stackOf(claim) === stack;
}

/** Whether a rule that is there may be taken over by the resource that declares the same. */
export function mayTake(there: FoundRule, { stack, adopt, held }: Terms): boolean {
  if (isOfStack(there, { stack }) || (there.claim === undefined && held.has(there.id))) return true;
  return typeof adopt === "string" ? there.id === adopt : adopt === true && there.claim === undefined;
}

/** The error of a rule that is there already: its id, description, tags, stack, and what to do. */
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
