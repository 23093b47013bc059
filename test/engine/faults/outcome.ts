import type { Ended, Result } from "./matrix";

/** What became of a case, in the words of docs/reliability.md. */
export function outcome({ faulty, next, adopted, problems }: Result): string {
  if (problems.length > 0) return "the rule is left behind";
  const first = faulty.errors.length === 0 ? "right" : `error (${codesOf(faulty)})`;
  if (adopted) return `${first}; then an error that asks for \`adopt: true\`, which mends it`;
  const then = doneBy(next);
  if (then === "") return faulty.errors.length === 0 ? first : `${first}; nothing is left to do`;
  return `${first}; then ${then}`;
}

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

export function doneBy({ operations }: Ended): string {
  const done = new Set(operations.map((operation) => DONE[operation] ?? operation));
  return [...done]
    .filter((text) => text !== "")
    .sort()
    .join(", ");
}
