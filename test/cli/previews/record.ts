import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { startEndpoint } from "../../ec2/endpoint";
import { makeStackFolder } from "../../engine/stackFolder";
import { ROOT, readSetUp } from "../../setup";

/**
 * Records what the CLI prints for the programs beside this file: each folder holds one before and one after a change.
 *
 * Run `npx tsx test/cli/previews/record.ts [folder…]` after `npm run setup`. The engine, the CLI, the language host
 * and `@pulumi/aws` are real. `standIn.ts` stands in for the AWS plugins: it accepts every input unchanged and makes
 * up ids. This package's resources call the tests' EC2 endpoint. The recording holds the state before the change
 * (`pulumi stack export`) and the change itself (`preview --json`); for two programs also a stream of events, and the
 * engine's event log.
 */
async function record(folders: readonly string[]): Promise<void> {
  const endpoint = await startEndpoint();
  const plugins = await makePlugins();
  try {
    const groups = await endpoint.makeGroups(4);
    for (const name of folders) {
      process.stderr.write(`${name}\n`);
      await recordOne(name, { groups, plugins, env: endpoint.env });
    }
  } finally {
    await rm(plugins, { recursive: true, force: true });
    await endpoint.stop();
  }
}

interface World {
  readonly groups: readonly string[];
  readonly plugins: string;
  readonly env: { readonly [name: string]: string };
}

const exec = promisify(execFile);

/** The programs also recorded as events, each of which is as large as everything else. */
const STREAMED = ["egressRules", "notKnown"];

async function recordOne(name: string, { groups, plugins, env: endpoint }: World): Promise<void> {
  const config = { groups: JSON.stringify(groups), "aws:region": "us-east-1" };
  const stack = await makeStackFolder({ project: "shop", name: "prod", config });
  const { cli, languageHost } = readSetUp();
  const launcher = join(ROOT, "node_modules", "@pulumi", "pulumi");
  const tools = [plugins, dirname(cli), dirname(languageHost ?? cli), launcher, dirname(process.execPath)];
  const env = {
    ...process.env,
    ...endpoint,
    ...stack.env,
    PATH: [...tools, process.env.PATH].join(delimiter),
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    PULUMI_DEBUG_COMMANDS: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
  const pulumi = async (args: readonly string[], more: { readonly [name: string]: string } = {}) => {
    const all = [...args, "--stack", "prod", "--non-interactive", "--color", "never"];
    const options = { cwd: stack.folder, env: { ...env, ...more }, maxBuffer: 2 ** 28 };
    return (await exec(cli, all, options)).stdout;
  };
  const program = async (when: string) => {
    const text = await readFile(join(__dirname, name, `${when}.ts`), "utf8");
    await writeFile(join(stack.folder, "index.ts"), text.replace('"../native"', '"./native"'));
  };
  const keep = (file: string, text: string) =>
    writeFile(join(__dirname, name, file), `${scrubbed(text, stack.folder).trim()}\n`);
  try {
    await writeFile(join(stack.folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\nmain: index.ts\n");
    await copyFile(join(__dirname, "native.ts"), join(stack.folder, "native.ts"));
    await program("before");
    await pulumi(["up", "--yes", "--skip-preview"]);
    await keep("state.json", await pulumi(["stack", "export"]));
    await program("after");
    await keep("preview.json", await pulumi(["preview", "--json"]));
    if (!STREAMED.includes(name)) return;
    await keep(
      "streamed.jsonl",
      await pulumi(["preview", "--json"], { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" }),
    );
    const log = join(stack.folder, "events.jsonl");
    await pulumi(["preview", "--event-log", log]);
    await keep("events.jsonl", await readFile(log, "utf8"));
  } catch (error) {
    const { stdout, stderr } = Object(error);
    process.stderr.write(`${stdout}\n${stderr}\n`);
    throw error;
  } finally {
    await stack.remove();
  }
}

/** A folder of executables on PATH, where the engine looks for plugins that are not installed. */
async function makePlugins(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "egress-plugins-"));
  await mkdir(folder, { recursive: true });
  const tsx = join(ROOT, "node_modules", "tsx", "dist", "loader.mjs");
  for (const plugin of ["aws", "aws-native"]) {
    const file = join(folder, `pulumi-resource-${plugin}`);
    const line = `exec "${process.execPath}" --import "${tsx}" "${join(__dirname, "standIn.ts")}" "$@"`;
    await writeFile(file, `#!/bin/sh\n${line}\n`);
    await chmod(file, 0o755);
  }
  return folder;
}

/** Removes traces of the machine and the time of the recording, and anything that nothing reads. */
function scrubbed(text: string, folder: string): string {
  const values = text.startsWith("{\n") ? [JSON.parse(text)] : text.trim().split("\n").map(parsed);
  return values
    .filter(({ diagnosticEvent: told }) => told?.severity !== "debug" && !told?.message.includes("$PATH"))
    .map((value) => JSON.stringify(value, forAnyMachine, text.startsWith("{\n") ? 2 : undefined))
    .join("\n")
    .replaceAll(folder, "/project")
    .replace(/project:\/\/\/[^"#]*\/node_modules\//g, "project:///node_modules/")
    .replace(/project:\/\/\/[^"#]*\/dist\//g, "project:///node_modules/pulumi-aws-egress/dist/")
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, "http://127.0.0.1:4566")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, "2026-01-01T00:00:00Z");
}

function parsed(line: string) {
  return JSON.parse(line);
}

function forAnyMachine(name: string, value: unknown): unknown {
  if (["config", "created", "modified", "secrets_providers"].includes(name)) return undefined;
  if (name === "stackTrace" && Array.isArray(value)) return value.filter(isOutsideTheSdk);
  if (name === "timestamp") return 1767225600;
  if (name === "duration" || name === "durationSeconds") return 1;
  if (name === "diagnostics" && Array.isArray(value)) {
    return value.filter(({ message }) => !message.includes("$PATH"));
  }
  return value;
}

/** The SDK's own frames make up nine in ten. */
function isOutsideTheSdk({ sourcePosition = "@pulumi/" }: { readonly sourcePosition?: string }): boolean {
  return !sourcePosition.includes("@pulumi/");
}

async function allFolders(): Promise<string[]> {
  const entries = await readdir(__dirname, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

const named = process.argv.slice(2);
(named.length > 0 ? Promise.resolve(named) : allFolders()).then(record).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
