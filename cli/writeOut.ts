import { renameSync, rmSync, writeFileSync } from "node:fs";
import { InputError } from "./program/inputError";

/**
 * Writes a file at one stroke, so that there is never half of it; without one, to standard output.
 *
 * @param option what the file was given as
 */
export function writeOut(file: string | undefined, text: string, option = "--out"): void {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(unfinished, text, { flag: "wx" });
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(`${option}: ${file} cannot be written: ${why}`, { cause: error });
  }
}
