import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Where a folder lies in its repository: empty where it is the top of it, or in none. */
export function folderInRepository(folder: string): string {
  for (let above = folder; ; above = dirname(above)) {
    if (existsSync(join(above, ".git"))) return relative(above, folder);
    if (dirname(above) === above) return "";
  }
}
