import * as pulumi from "@pulumi/pulumi";

/** As it was when this was loaded: a test may put fake timers in its place. */
const soon = setImmediate;

/** How many turns of the event loop a program may take between two registrations. */
const TURNS = 5;

/**
 * Waits until a program registers nothing more.
 *
 * @param count how many resources and calls the mocks have been asked for so far
 */
export async function untilQuiet(count: () => number): Promise<void> {
  let before: number;
  do {
    before = count();
    // Waits for every registration that has begun, also one whose inputs are not known yet. Mocks stay connected.
    await turns(() => pulumi.runtime.disconnect());
  } while (count() !== before);
}

/** Lets the event loop turn a few times. */
export async function turns(before: () => Promise<void> = async () => {}): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) {
    await before();
    await new Promise((resolve) => soon(resolve));
  }
}
