import { existsSync } from "node:fs";
import { join } from "node:path";

const MODULES = join(__dirname, "tools", "node_modules");

/** A program in the folder tools, which `npm run test:tools` installs: it is too large for every checkout. */
export function tool(...path: string[]): string {
  const file = join(MODULES, ...path);
  if (!existsSync(file)) throw new Error(`${file} is missing: run npm run test:tools`);
  return file;
}
