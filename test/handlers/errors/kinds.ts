import type { Verb } from "./verbs";

/** The two resources that call EC2. */
export const RESOURCES = ["EgressRule", "EgressRuleSet"] as const;
export type Resource = (typeof RESOURCES)[number];

/** A text, or one for each resource. */
export type Text = string | { readonly [resource in Resource]: string };

/** An EC2 error, as it arrives. */
export interface Answer {
  readonly status: number;
  /** EC2's own message. */
  readonly words: string;
}

/**
 * Errors with one meaning, and everything users read about them: the tests compare the texts, and
 * `docs/reference/errors.md` is generated from them.
 */
export interface ErrorKind {
  readonly title: string;
  readonly codes: { readonly [code: string]: Answer };
  readonly meaning: string;
  /** How the package handles it. */
  readonly does: string;
  /** The text below the first line, by operation. */
  readonly remedies: { readonly [verb in Verb]?: Text };
  /** Where a text has another form. */
  readonly texts?: { readonly [verb in Verb]?: Text };
  /** Where it is no failure, since the goal is already reached. */
  readonly silent?: readonly Verb[];
  readonly isRetried?: true;
  /** Further advice. */
  readonly todo?: string;
}

export function textFor(text: Text, resource: Resource): string {
  return typeof text === "string" ? text : text[resource];
}

/** Replaces names with their values: `{group}`. */
export function fill(text: string, values: { readonly [name: string]: string }): string {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The full text of a failed call, with names for values known only in a run. */
export function toldText(doing: string, code: string, { words }: Answer, remedy: string): string {
  return `${doing} ({region}): ${code}: ${words} (request id {requestId})\n${remedy}`;
}
