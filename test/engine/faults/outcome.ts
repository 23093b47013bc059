import type { Fault } from "../../ec2/endpoint";
import type { Converged, Ended } from "./converge";
import type { Outcome } from "./faults";
import type { Result } from "./matrix";

/** The outcome of a case, in the words of docs/explanation/faults.md. */
export function outcome(result: Result): string {
  const { faulty, problems } = result;
  if (problems.length > 0) return "the rule is left behind";
  const isRight = faulty.errors.length === 0;
  const first = isRight ? "right" : `error (${codesOf(faulty).join(", ")})`;
  const then = mended(result);
  return isRight && then === NOTHING ? first : `${first}; then ${then}`;
}

/** What is wrong with an outcome that its fault does not allow, or nothing. */
export function disallowed(result: Result, isClaimed: boolean): string[] {
  const { fault } = result.case;
  if (fault.allowed.some((allowed) => IS[allowed](result))) return [];
  if (!isClaimed && isMadeUnseen(result) && result.adopted) return [];
  return [`"${outcome(result)}" is not allowed, only ${fault.allowed.join(" or ")}`];
}

/** What the next `up` did. */
export function mended({ next, adopted }: Converged): string {
  return adopted ? "an error until `adopt: true`" : doneBy(next) || NOTHING;
}

const NOTHING = "nothing is left to do";

const IS: { readonly [outcome in Outcome]: (result: Result) => boolean } = {
  right: (result) => outcome(result) === "right",
  told: ({ case: { fault }, faulty, next, adopted }) =>
    codesOf(faulty).join() === codeOf(fault.fault) && next.errors.length === 0 && adopted === undefined,
  contradicted: ({ case: { kind, fault }, faulty, next, adopted }) =>
    (kind === "set" || fault.fault !== undefined) &&
    CONTRADICTIONS.includes(codesOf(faulty).join()) &&
    next.errors.length === 0 &&
    adopted === undefined,
};

const CONTRADICTIONS = ["InvalidPermission.Duplicate", "InvalidSecurityGroupRuleId.NotFound"];

/** The AWS SDK's or EC2's name for a fault that outlasts the retries. */
function codeOf(fault: Fault | undefined): string | undefined {
  switch (fault?.kind) {
    case "cut":
      return "ECONNRESET";
    case "cutBefore":
      return "TimeoutError";
    case "errorBefore":
    case "errorAfter":
      return fault.code;
    default:
      return undefined;
  }
}

/** A rule that EC2 created without an answer: without a claim it could be anyone's. */
function isMadeUnseen({ case: { change, fault } }: Result): boolean {
  const isAfter = fault.fault?.kind === "errorAfter" || fault.fault?.kind === "cut";
  return change.action === "AuthorizeSecurityGroupEgress" && isAfter;
}

/** EC2's codes, and other starts of the errors after the failed operation. */
function codesOf({ errors }: Ended): string[] {
  const codes = errors.map((error) => /\(us-[^)]+\): ([\w.]+)/.exec(error)?.[1] ?? "other");
  return [...new Set(codes)].sort();
}

const DONE: { readonly [operation: string]: string } = {
  create: "made",
  update: "changed",
  delete: "revoked",
  "delete-replaced": "replaced",
  same: "",
};

function doneBy({ operations }: Ended): string {
  const done = new Set(operations.map((operation) => DONE[operation] ?? operation));
  return [...done]
    .filter((text) => text !== "")
    .sort()
    .join(", ");
}
