import type { Ran } from "../test/engine/stack";

/** A step did not end as it must. */
export class Difference extends Error {
  /** @param more what was tried before that */
  constructor(
    readonly found: readonly string[],
    readonly more: readonly string[] = [],
  ) {
    super([...found, ...more].join("\n"));
    this.name = "Difference";
  }
}

/** A command of the engine, as it was run. */
export interface Tried {
  readonly command: string;
  readonly ran: Ran;
}
