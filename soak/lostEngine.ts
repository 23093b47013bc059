import type { Ran } from "../test/engine/stack";

const LOST_ENGINE = "One or more errors occurred: 14 UNAVAILABLE: No connection established";

/**
 * Runs a command, and once more where it fails with what an earlier one has left: a program runs in this process, where
 * one whose engine was killed may fail only in the next one's time.
 */
export async function withEngine(command: () => Promise<Ran>): Promise<Ran> {
  const ran = await command();
  return ran.ok || !ran.printed.includes(LOST_ENGINE) ? ran : command();
}
