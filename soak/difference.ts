import type { Ran } from "../test/engine/stack";

/** A step ended in a wrong state. */
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

/** An engine command, with its result. */
export interface Tried {
  readonly command: string;
  readonly ran: Ran;
}
