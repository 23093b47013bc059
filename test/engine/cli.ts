import { execFile } from "node:child_process";
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Endpoint } from "../ec2/endpoint";
import { readSetUp } from "../setup";
import { nodeArgs } from "./nodeArgs";
import { makeStackFolder } from "./stackFolder";

const exec = promisify(execFile);

/**
 * Tests that run the CLI on a project, as users do, need the Node.js language host.
 *
 * Without it they are skipped, with that in their names: the set-up could neither find nor build it.
 */
export const withLanguageHost: (name: string, body: () => Promise<void>, timeout?: number) => void =
  readSetUp().languageHost
    ? test
    : (name) =>
        test.skip(`${name} (skipped: pulumi-language-nodejs is neither on PATH nor beside the CLI)`, () => {});

const STACK = "egress-test";

/** The CLI, as a person uses it in a project's folder. */
export interface Cli {
  readonly pulumi: (...args: string[]) => Promise<string>;
  readonly remove: () => Promise<void>;
}

export interface CliOptions {
  /** The stack whose Pulumi.<stack>.yaml in the folder is the initial configuration. */
  readonly configured?: string | undefined;
  readonly env?: { readonly [name: string]: string };
}

export async function makeCli(
  folder: string,
  endpoint: Endpoint,
  config: { readonly [key: string]: string },
  { configured, env: ofTest }: CliOptions = {},
): Promise<Cli> {
  const pulumiYaml = await readFile(join(folder, "Pulumi.yaml"), "utf8");
  const project = /^name: *(\S+)/m.exec(pulumiYaml)?.[1] ?? "";
  // Beside the state and not in the project, which a test must leave unchanged.
  const { configFile, env, remove } = await makeStackFolder({ project, name: STACK, config });
  const ofNode = await nodeArgs(pulumiYaml);
  const options = { cwd: folder, env: { ...process.env, ...endpoint.env, ...env, ...ofNode, ...ofTest } };
  const pulumi = async (...args: string[]) => {
    const always = ["--stack", STACK, "--config-file", configFile, "--non-interactive", "--color", "never"];
    const { stdout, stderr } = await exec("pulumi", [...args, ...always], options);
    return stdout + stderr;
  };
  if (configured !== undefined) {
    await copyFile(join(folder, `Pulumi.${configured}.yaml`), configFile);
    const pairs = Object.entries(config).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
    await pulumi("config", "set-all", ...pairs);
  }
  return { pulumi, remove };
}
