import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../setup";

/**
 * A stack that has never been up, as `pulumi stack init` leaves it: written directly, since the command takes a
 * process.
 */
export interface StackFolder {
  /** Where the program's process runs. */
  readonly folder: string;
  readonly env: { readonly [name: string]: string };
  /** The stack's configuration; JSON is valid YAML. */
  readonly configFile: string;
  readonly stateFile: string;
  readonly remove: () => Promise<void>;
}

export interface NewStack {
  readonly project: string;
  readonly name: string;
  readonly config: { readonly [key: string]: string };
}

/** What `pulumi stack init` once made from this passphrase. */
const PASSPHRASE = "only for tests";
const SALT = "v1:33ZOD6+W+tw=:v1:bIDFS0mmCpnXvNNh:shpRd65JyqBIwr3HZQlB5aei4BeCDw==";

export async function makeStackFolder({ project, name, config }: NewStack): Promise<StackFolder> {
  const folder = await mkdtemp(join(tmpdir(), "egress-stack-"));
  // The provider's process looks for the package from the program's folder.
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  const backend = join(folder, "state");
  const stateFile = join(backend, ".pulumi", "stacks", project, `${name}.json`);
  await mkdir(join(stateFile, ".."), { recursive: true });
  await writeFile(join(backend, ".pulumi", "meta.yaml"), "version: 1\n");
  await writeFile(stateFile, JSON.stringify(emptyState(`organization/${project}/${name}`)));
  const configFile = join(folder, `Pulumi.${name}.yaml`);
  await writeConfig(configFile, project, config);
  return {
    folder,
    configFile,
    stateFile,
    env: {
      PULUMI_BACKEND_URL: pathToFileURL(backend).href,
      PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A key without a namespace belongs to the project. */
export async function writeConfig(
  file: string,
  project: string,
  config: { readonly [key: string]: string },
): Promise<void> {
  const values = Object.entries(config).map(([key, value]) => [
    key.includes(":") ? key : `${project}:${key}`,
    value,
  ]);
  await writeFile(file, JSON.stringify({ encryptionsalt: SALT, config: Object.fromEntries(values) }));
}

function emptyState(stack: string): object {
  const manifest = { time: "2000-01-01T00:00:00Z", magic: "", version: "" };
  const secrets = { type: "passphrase", state: { salt: SALT } };
  return {
    version: 3,
    checkpoint: { stack, latest: { manifest, secrets_providers: secrets, metadata: {} } },
  };
}

export async function isWhole(file: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}
