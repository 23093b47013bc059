import type { Resource } from "./resource";

/** The engine's plan for one resource. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly old: Resource | undefined;
  readonly new: Resource | undefined;
}

/** The steps of a preview, and the errors that it ended with. */
export interface Preview {
  readonly steps: readonly Step[];
  readonly errors: readonly string[];
  /** Whether the preview also reports the resources that stay the same. */
  readonly isWhole: boolean;
}
