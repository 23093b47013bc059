import { renameSync, rmSync, writeFileSync } from "node:fs";
import { InputError } from "./program/inputError";

/**
 * Writes a file atomically, so that a partial one never exists. Without a file, writes to standard output.
 *
 * @param option the option that specified the file
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
