import type { Because } from "../../program/model";
import type { Facts } from "./facts";

export const SEVERITIES = ["high", "medium", "low", "info"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** A part of a change that a reviewer should check. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  /** Why a reviewer should check it, in one sentence. */
  readonly why: string;
  /** The resources that cause it, so that it can be shown next to their lines. */
  readonly because: readonly Because[];
}

/** One kind of finding: a row of the table. */
export interface Kind {
  /** In kebab case. It never changes, because pipelines name it in `--fail-on`. */
  readonly id: string;
  readonly severity: Severity;
  readonly why: string;
  readonly find: (facts: Facts) => Found[];
}

export interface Found {
  readonly message: string;
  readonly because: readonly Because[];
  /** Overrides the severity of the kind. */
  readonly severity?: Severity;
}

/** Joins lists of resources, without duplicates. */
export function together(...lists: readonly (readonly Because[])[]): Because[] {
  const found = new Map<string, Because>();
  for (const because of lists.flat()) found.set(JSON.stringify([because.urn, because.reason]), because);
  return [...found.values()];
}

/** The first members of a list, and how many more there are, as part of a sentence. */
export function listed(texts: readonly string[], most = 3): string {
  const shown = texts.slice(0, most);
  const rest = texts.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}
