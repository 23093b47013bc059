import { setTimeout } from "node:timers/promises";
import type { Ran } from "../test/engine/stack";

const NO_ENGINE = "14 UNAVAILABLE: No connection established";
const LOST_ENGINE = `One or more errors occurred: ${NO_ENGINE}`;

/** Passes over what a program whose engine was killed has yet to say, where nobody waits for it any more. */
export function outliveEngines(): void {
  process.on("unhandledRejection", (error) => {
    if (!isProgramRunning() && !(error instanceof Error && error.message.includes(NO_ENGINE))) throw error;
  });
}

const LONGEST_END = 60_000;
const BETWEEN_LOOKS = 20;

/**
 * Waits until no program runs in this process any more.
 *
 * One whose engine was killed ends some time after its command. It then closes the connection to the engine, of which
 * Pulumi's SDK keeps one for all programs of a process: that of the next would register nothing, and say so to nobody.
 */
export async function untilProgramsEnd(): Promise<void> {
  const end = performance.now() + LONGEST_END;
  while (isProgramRunning()) {
    if (performance.now() > end) return console.error("A program whose engine was killed has not ended");
    await setTimeout(BETWEEN_LOOKS);
  }
}

/** While a program runs, its host hears of what it throws. */
function isProgramRunning(): boolean {
  return process.listenerCount("unhandledRejection") > 1;
}

/**
 * Runs a command, and once more where it fails with what an earlier one has left: a program runs in this process, where
 * one whose engine was killed may fail only in the next one's time.
 */
export async function withEngine(command: () => Promise<Ran>): Promise<Ran> {
  const ran = await command();
  return ran.ok || !ran.printed.includes(LOST_ENGINE) ? ran : command();
}
