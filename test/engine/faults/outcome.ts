import type { Converged, Ended } from "./converge";
import type { Result } from "./matrix";

/** What became of a case, in the words of docs/reliability.md. */
export function outcome(result: Result): string {
  const { faulty, problems } = result;
  if (problems.length > 0) return "the rule is left behind";
  const isRight = faulty.errors.length === 0;
  const first = isRight ? "right" : `error (${codesOf(faulty)})`;
  const then = mended(result);
  return isRight && then === NOTHING ? first : `${first}; then ${then}`;
}

/** What the next `up` did. */
export function mended({ next, adopted }: Converged): string {
  return adopted ? "an error that asks for `adopt: true`, which mends it" : doneBy(next) || NOTHING;
}

const NOTHING = "nothing is left to do";

/** EC2's codes, and what else the errors begin with after saying what failed. */
function codesOf({ errors }: Ended): string {
  const codes = errors.map((error) => /\(us-[^)]+\): ([\w.]+)/.exec(error)?.[1] ?? "other");
  return [...new Set(codes)].sort().join(", ");
}

const DONE: { readonly [operation: string]: string } = {
  create: "made",
  update: "changed",
  delete: "revoked",
  same: "",
};

function doneBy({ operations }: Ended): string {
  const done = new Set(operations.map((operation) => DONE[operation] ?? operation));
  return [...done]
    .filter((text) => text !== "")
    .sort()
    .join(", ");
}
