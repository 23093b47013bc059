import type { Because } from "../../program/model";
import type { Facts } from "./facts";

export const SEVERITIES = ["high", "medium", "low", "info"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** Something in a change that is worth a reviewer's eye. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  /** Why it is worth a look, in one sentence. */
  readonly why: string;
  /** Where it comes from, so that it can be shown beside the line. */
  readonly because: readonly Because[];
}

/** One kind of finding: a row of the table. */
export interface Kind {
  /** Kebab-case. Pipelines name it in `--fail-on`: it never changes. */
  readonly id: string;
  readonly severity: Severity;
  readonly why: string;
  readonly find: (facts: Facts) => Found[];
}

export interface Found {
  readonly message: string;
  readonly because: readonly Because[];
  /** Where it is not that of its kind. */
  readonly severity?: Severity;
}

/** Several resources in one list, each once. */
export function together(...lists: readonly (readonly Because[])[]): Because[] {
  const found = new Map<string, Because>();
  for (const because of lists.flat()) found.set(JSON.stringify([because.urn, because.reason]), because);
  return [...found.values()];
}

/** A list in a sentence: the first few, and how many more. */
export function listed(texts: readonly string[], most = 3): string {
  const shown = texts.slice(0, most);
  const rest = texts.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}
