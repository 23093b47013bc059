import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Endpoint } from "../ec2/endpoint";
import { readSetUp } from "../setup";

const exec = promisify(execFile);

/**
 * Tests that run the CLI on a project, as users do, need the Node.js language host beside it.
 *
 * Skipped where there is none, and by that name: the set-up could neither find nor build it.
 */
export const withLanguageHost: (name: string, body: () => Promise<void>, timeout?: number) => void =
  readSetUp().languageHost
    ? test
    : (name) =>
        test.skip(`${name} (skipped: pulumi-language-nodejs is neither on PATH nor beside the CLI)`, () => {});

/** No name that a person would give a stack: `pulumi stack init` writes a file of that name into the project. */
const STACK = "egress-test";

/** The CLI, as a person uses it in the folder of a project. */
export interface Cli {
  readonly pulumi: (...args: string[]) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** @param configured the stack whose Pulumi.<stack>.yaml in the folder is the configuration to start from */
export async function makeCli(
  folder: string,
  endpoint: Endpoint,
  config: { readonly [key: string]: string },
  configured?: string,
): Promise<Cli> {
  const home = await mkdtemp(join(tmpdir(), "egress-cli-"));
  await mkdir(join(home, "state"));
  // Beside the state and not in the project, which a test has to leave as it was.
  const configFile = join(home, `Pulumi.${STACK}.yaml`);
  if (configured !== undefined) await copyFile(join(folder, `Pulumi.${configured}.yaml`), configFile);
  const env = {
    ...process.env,
    ...endpoint.env,
    PULUMI_BACKEND_URL: pathToFileURL(join(home, "state")).href,
    PULUMI_CONFIG_PASSPHRASE: "only for tests",
    PULUMI_HOME: join(home, "home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  const pulumi = async (...args: string[]) => {
    const { stdout, stderr } = await exec("pulumi", [...args, "--non-interactive", "--color", "never"], {
      cwd: folder,
      env,
    });
    return stdout + stderr;
  };
  const ofStack = ["--stack", STACK, "--config-file", configFile];
  const remove = () => rm(home, { recursive: true, force: true });
  try {
    await pulumi("stack", "init", STACK, "--no-select");
    const pairs = Object.entries(config).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
    await pulumi("config", "set-all", ...ofStack, ...pairs);
  } catch (error) {
    await remove();
    throw error;
  } finally {
    await rm(join(folder, `Pulumi.${STACK}.yaml`), { force: true });
  }
  return { pulumi: (command, ...args) => pulumi(command ?? "", ...ofStack, ...args), remove };
}
