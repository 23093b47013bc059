import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { readSetUp } from "../setup";

/**
 * The `nodeargs` of a Pulumi.yaml as an environment, for the language host that the set-up builds.
 *
 * That host expects options as flags, as older CLIs passed them; today's CLI passes them with each run.
 */
export async function nodeArgs(pulumiYaml: string): Promise<{ readonly [name: string]: string }> {
  const args = /^ *nodeargs: *"(.*)"$/m.exec(pulumiYaml)?.[1];
  const { languageHost } = readSetUp();
  if (args === undefined || languageHost === null) return {};
  const { stdout, stderr } = await promisify(execFile)(languageHost, ["-help"]);
  return `${stdout}${stderr}`.includes("-nodeargs") ? { NODE_OPTIONS: args } : {};
}
