import { InputError } from "../program/inputError";
import type { Review } from "./review";
import { json } from "./write/json";
import { markdown } from "./write/markdown";
import { sarif } from "./write/sarif";
import { text } from "./write/text";

export interface Surroundings {
  readonly version: string;
  /** The project's folder in its repository. */
  readonly folder: string;
  readonly colours: boolean;
}

const WRITERS: ReadonlyMap<string, (review: Review, surroundings: Surroundings) => string> = new Map([
  ["markdown", markdown],
  ["json", json],
  ["sarif", sarif],
  ["text", (review: Review, { colours }: Surroundings) => text(review, colours)],
]);

export function writerOf(format: string) {
  const writer = WRITERS.get(format);
  if (writer === undefined) {
    throw new InputError(`--format: "${format}" is not one of ${[...WRITERS.keys()].join(", ")}`);
  }
  return writer;
}
