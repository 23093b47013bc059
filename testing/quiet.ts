import * as pulumi from "@pulumi/pulumi";

/** The real function, captured at load time, because a test may install fake timers. */
const soon = setImmediate;

/** The turns of the event loop that a program may take between two registrations. */
const TURNS = 5;

/**
 * Waits until a program stops registering resources.
 *
 * @param count returns the number of resources and calls that the mocks have received so far
 */
export async function untilQuiet(count: () => number): Promise<void> {
  let before: number;
  do {
    before = count();
    // Waits for every pending registration, including those with unresolved inputs. The mocks stay connected.
    await turns(() => pulumi.runtime.disconnect());
  } while (count() !== before);
}

/** Waits for a few turns of the event loop. */
export async function turns(before: () => Promise<void> = async () => {}): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) {
    await before();
    await new Promise((resolve) => soon(resolve));
  }
}
