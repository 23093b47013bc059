import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
import type { Endpoint } from "../ec2/endpoint";

const ROOT = join(__dirname, "..", "..");

/** A stack on the real engine: state in a temporary folder, calls to the test's own EC2 endpoint. */
export interface TestStack {
  readonly preview: (program: PulumiFn) => Promise<Ran>;
  readonly up: (program: PulumiFn) => Promise<Ran>;
  readonly refresh: () => Promise<Ran>;
  readonly destroy: () => Promise<Ran>;
  /** The resources in state, without the stack itself and providers. */
  readonly resources: () => Promise<StateResource[]>;
  /** All of the state, as text. */
  readonly state: () => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** What a command did. */
export interface Ran {
  /** Whether it ended without an error. */
  readonly ok: boolean;
  /** What a person would have seen, without colours. */
  readonly printed: string;
  /** How many resources were created, updated, replaced, deleted and left the same. */
  readonly changes: { readonly [operation: string]: number };
  readonly outputs: { readonly [name: string]: unknown };
}

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: { readonly [name: string]: unknown };
  readonly outputs?: { readonly [name: string]: unknown };
}

export interface StackOptions {
  readonly config?: { readonly [key: string]: string };
  readonly env?: { readonly [name: string]: string };
  readonly name?: string;
  readonly project?: string;
}

export async function makeStack(endpoint: Endpoint, options: StackOptions = {}): Promise<TestStack> {
  const folder = await mkdtemp(join(tmpdir(), "egress-stack-"));
  // The provider's process looks for the package from the folder of the program.
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  await mkdir(join(folder, "state"));
  const { project = "shop", name = "test" } = options;
  const stack = await LocalWorkspace.createStack(
    { projectName: project, stackName: name, program: async () => {} },
    {
      workDir: folder,
      projectSettings: {
        name: project,
        runtime: "nodejs",
        backend: { url: pathToFileURL(join(folder, "state")).href },
      },
      envVars: {
        PULUMI_CONFIG_PASSPHRASE: "only for tests",
        PULUMI_HOME: join(folder, "home"),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        ...endpoint.env,
        ...options.env,
      },
    },
  );
  for (const [key, value] of Object.entries(options.config ?? {})) await stack.setConfig(key, { value });

  const runner = (command: (onOutput: (text: string) => void) => Promise<Outcome>) => run(command);
  const withProgram = (program: PulumiFn) => {
    stack.workspace.program = program;
    return stack;
  };
  const state = async () => JSON.stringify(await stack.exportStack());
  return {
    preview: (program) =>
      runner(async (onOutput) => {
        const { changeSummary } = await withProgram(program).preview({
          onOutput,
          color: "never",
          diff: true,
        });
        return { changes: changeSummary };
      }),
    up: (program) => runner((onOutput) => upOf(withProgram(program), onOutput)),
    refresh: () => runner(async (onOutput) => summaryOf(await stack.refresh({ onOutput, color: "never" }))),
    destroy: () => runner(async (onOutput) => summaryOf(await stack.destroy({ onOutput, color: "never" }))),
    resources: async () => resourcesOf(await stack.exportStack()),
    state,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

interface Outcome {
  readonly changes?: { readonly [operation: string]: number } | undefined;
  readonly outputs?: { readonly [name: string]: unknown };
}

async function upOf(stack: Stack, onOutput: (text: string) => void): Promise<Outcome> {
  const { outputs, summary } = await stack.up({ onOutput, color: "never", diff: true });
  const values = Object.entries(outputs).map(([name, { value }]) => [name, value]);
  return { changes: summary.resourceChanges, outputs: Object.fromEntries(values) };
}

function summaryOf({ summary }: { summary: { resourceChanges?: { [operation: string]: number } } }): Outcome {
  return { changes: summary.resourceChanges };
}

async function run(command: (onOutput: (text: string) => void) => Promise<Outcome>): Promise<Ran> {
  let printed = "";
  const onOutput = (text: string) => {
    printed += text;
  };
  try {
    const { changes = {}, outputs = {} } = await command(onOutput);
    return { ok: true, printed, changes, outputs };
  } catch (error) {
    return { ok: false, printed: `${printed}\n${String(error)}`, changes: {}, outputs: {} };
  }
}

function resourcesOf(deployment: { deployment: { resources?: StateResource[] } }): StateResource[] {
  return (deployment.deployment.resources ?? []).filter(({ type }) => !type.startsWith("pulumi:"));
}
