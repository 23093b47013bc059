import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { isRecord } from "../../provider/rule/record";

/** Where a folder lies in its repository: empty where it is the top of it, or in none. */
export function folderInRepository(folder: string): string {
  const top = upFrom(folder, (above) => existsSync(join(above, ".git")));
  return top === undefined ? "" : relative(top, folder);
}

/** The version of this package, whose own file lies above this one, as source and as compiled. */
export function packageVersion(): string {
  const folder = upFrom(__dirname, (above) => existsSync(join(above, "package.json")));
  const parsed: unknown =
    folder === undefined ? undefined : JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return isRecord(parsed) && typeof parsed.version === "string" ? parsed.version : "0.0.0";
}

function upFrom(folder: string, isFound: (folder: string) => boolean): string | undefined {
  for (let above = folder; ; above = dirname(above)) {
    if (isFound(above)) return above;
    if (dirname(above) === above) return undefined;
  }
}
