import type { Ran } from "../test/engine/stack";

const NO_ENGINE = "14 UNAVAILABLE: No connection established";
const LOST_ENGINE = `One or more errors occurred: ${NO_ENGINE}`;

/** Passes over what a program whose engine was killed has yet to say, where nobody waits for it any more. */
export function outliveEngines(): void {
  process.on("unhandledRejection", (error) => {
    // While a program runs, its host hears of what it throws.
    const isHeard = process.listenerCount("unhandledRejection") > 1;
    if (!isHeard && !(error instanceof Error && error.message.includes(NO_ENGINE))) throw error;
  });
}

/**
 * Runs a command, and once more where it fails with what an earlier one has left: a program runs in this process, where
 * one whose engine was killed may fail only in the next one's time.
 */
export async function withEngine(command: () => Promise<Ran>): Promise<Ran> {
  const ran = await command();
  return ran.ok || !ran.printed.includes(LOST_ENGINE) ? ran : command();
}
