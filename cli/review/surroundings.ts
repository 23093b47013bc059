import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** The path of a folder in its repository; empty for the root, or outside a repository. */
export function folderInRepository(folder: string): string {
  for (let above = folder; ; above = dirname(above)) {
    if (existsSync(join(above, ".git"))) return relative(above, folder);
    if (dirname(above) === above) return "";
  }
}
