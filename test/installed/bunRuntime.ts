import { existsSync } from "node:fs";
import { chmod, mkdir, symlink } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { readSetUp } from "../setup";
import { scratch } from "./packed";
import { writeFiles } from "./project";
import { tool } from "./tool";

/**
 * The environment in which the CLI runs `runtime: bun`.
 *
 * Pulumi's own host for it is the Node.js host, told to start Bun. A CLI built from source lacks it; then the Node.js
 * host finds Bun under the name node, and the engine, which starts the provider, does not.
 */
export async function bunRuntime(): Promise<{ readonly PATH: string }> {
  const { languageHost } = readSetUp();
  const path = process.env.PATH ?? "";
  const bunFolder = dirname(tool(".bin", "bun"));
  if (languageHost === null || existsSync(join(dirname(languageHost), "pulumi-language-bun"))) {
    return { PATH: [path, bunFolder].join(delimiter) };
  }
  const folder = join(scratch, "bunHost");
  const asNode = join(folder, "asNode");
  await mkdir(asNode, { recursive: true });
  await symlink(tool(".bin", "bun"), join(asNode, "node"));
  await writeFiles(folder, {
    "pulumi-language-bun": `#!/bin/sh\nPATH="${asNode}:$PATH" exec "${languageHost}" "$@"\n`,
  });
  await chmod(join(folder, "pulumi-language-bun"), 0o755);
  return { PATH: [folder, path].join(delimiter) };
}
