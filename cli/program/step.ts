import type { Resource } from "./resource";

/** What the engine is to do with one resource. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly old: Resource | undefined;
  readonly new: Resource | undefined;
}

/** What is to be done, and what of it the preview could not tell. */
export interface Preview {
  readonly steps: readonly Step[];
  /** The errors that it ended with. */
  readonly errors: readonly string[];
  /** Whether it tells what stays the same as well. */
  readonly isWhole: boolean;
}
