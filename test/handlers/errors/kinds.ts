import type { Verb } from "./verbs";

/** The two resources that call EC2. */
export const RESOURCES = ["EgressRule", "EgressRuleSet"] as const;
export type Resource = (typeof RESOURCES)[number];

/** A text, or one for each resource. */
export type Text = string | { readonly [resource in Resource]: string };

/** An error of EC2, as it comes. */
export interface Answer {
  readonly status: number;
  /** EC2's own words. */
  readonly words: string;
}

/**
 * Errors that mean the same, with all that users are told of them: the tests hold the texts, and `docs/reference/errors.md` is
 * made of it.
 */
export interface ErrorKind {
  readonly title: string;
  readonly codes: { readonly [code: string]: Answer };
  readonly meaning: string;
  /** What the package does about it. */
  readonly does: string;
  /** What is said below the first line, by what was being done. */
  readonly remedies: { readonly [verb in Verb]?: Text };
  /** Where there is a text of another form. */
  readonly texts?: { readonly [verb in Verb]?: Text };
  /** Where it is no failure: what was to be is so. */
  readonly silent?: readonly Verb[];
  readonly isRetried?: true;
  /** What else there is to do. */
  readonly todo?: string;
}

export function textFor(text: Text, resource: Resource): string {
  return typeof text === "string" ? text : text[resource];
}

/** Puts values in the place of their names: `{group}`. */
export function fill(text: string, values: { readonly [name: string]: string }): string {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Everything that is said when a call fails, with names of what only a run tells. */
export function toldText(doing: string, code: string, { words }: Answer, remedy: string): string {
  return `${doing} ({region}): ${code}: ${words} (request id {requestId})\n${remedy}`;
}
