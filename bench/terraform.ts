import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Endpoint } from "../test/ec2/endpoint";
import type { BenchRule } from "./rules";
import type { Ended, Way } from "./way";

const exec = promisify(execFile);

/** The machine's Terraform with its AWS provider; undefined if either is missing. */
export async function findTerraform(): Promise<(Way & { readonly version: string }) | undefined> {
  const plugins = pluginFolder();
  if (plugins === undefined) return undefined;
  try {
    const { stdout } = await exec("terraform", ["version", "-json"]);
    const { terraform_version: version } = JSON.parse(stdout);
    return {
      name: "terraform",
      version: `${version} with its AWS provider ${plugins.version}`,
      open: (endpoint) => open(endpoint, plugins.folder),
    };
  } catch {
    return undefined;
  }
}

/** Where people keep providers to avoid downloads. */
function pluginFolder(): { readonly folder: string; readonly version: string } | undefined {
  const ofPerson = join(homedir(), ".terraform.d");
  const folders = [
    process.env.TF_PLUGIN_CACHE_DIR ?? "",
    join(ofPerson, "plugins"),
    join(ofPerson, "plugin-cache"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
    ...foldersIn("/opt").map((name) => join("/opt", name)),
  ];
  for (const folder of folders) {
    for (const registry of foldersIn(folder)) {
      const version = foldersIn(join(folder, registry, "hashicorp", "aws")).at(-1);
      if (version !== undefined) return { folder, version };
    }
  }
  return undefined;
}

function foldersIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

async function open(endpoint: Endpoint, plugins: string) {
  const folder = await mkdtemp(join(tmpdir(), "egress-terraform-"));
  const terraform = async (...args: string[]): Promise<Ended> => {
    const env = {
      ...process.env,
      ...endpoint.env,
      CHECKPOINT_DISABLE: "1",
      // The user's own configuration may name other sources of providers.
      TF_CLI_CONFIG_FILE: join(folder, "cli.tfrc"),
    };
    try {
      const options = { cwd: folder, env, maxBuffer: 2 ** 26 };
      const { stdout } = await exec("terraform", [...args, "-no-color", "-input=false"], options);
      return { ok: true, printed: stdout };
    } catch (error) {
      return { ok: false, printed: String(error) };
    }
  };
  const declare = (rules: readonly BenchRule[]) =>
    writeFile(join(folder, "rules.auto.tfvars.json"), JSON.stringify(variables(rules)));

  await copyFile(join(__dirname, "main.tf"), join(folder, "main.tf"));
  await writeFile(join(folder, "cli.tfrc"), "");
  await declare([]);
  const made = await terraform("init", `-plugin-dir=${plugins}`);
  if (!made.ok) throw new Error(made.printed);
  return {
    up: async (rules: readonly BenchRule[]) => {
      await declare(rules);
      return terraform("apply", "-auto-approve");
    },
    refresh: () => terraform("apply", "-refresh-only", "-auto-approve"),
    destroy: () => terraform("destroy", "-auto-approve"),
    state: () => readFile(join(folder, "terraform.tfstate"), "utf8"),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

function variables(rules: readonly BenchRule[]) {
  return { rules: Object.fromEntries(rules.map(({ name, ...rule }) => [name, rule])) };
}
