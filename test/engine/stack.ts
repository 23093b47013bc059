import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CommandError, type EngineEvent, LocalWorkspace, type PulumiFn } from "@pulumi/pulumi/automation";
import type { Endpoint } from "../ec2/endpoint";

const ROOT = join(__dirname, "..", "..");

/** A stack on the real engine: state in a temporary folder, calls to the test's own EC2 endpoint. */
export interface TestStack {
  readonly preview: (program: PulumiFn) => Promise<Ran>;
  readonly up: (program: PulumiFn, options?: UpOptions) => Promise<Ran>;
  readonly refresh: () => Promise<Ran>;
  readonly destroy: (options?: DestroyOptions) => Promise<Ran>;
  /** Takes away the lock of a run that was killed. */
  readonly cancel: () => Promise<void>;
  readonly configure: (config: { readonly [key: string]: string }) => Promise<void>;
  /** The resources in state, without the stack itself and providers. */
  readonly resources: () => Promise<StateResource[]>;
  /** The file that holds the state, as text: secrets are encrypted in it. */
  readonly state: () => Promise<string>;
  readonly remove: () => Promise<void>;
}

export interface DestroyOptions {
  /** Looks at what there is first, as with `--refresh`. */
  readonly refresh?: boolean;
  /** Runs the program where the engine would not need to, as with `--run-program`. */
  readonly runProgram?: boolean;
}

export interface UpOptions extends DestroyOptions {
  readonly replace?: string[];
  /** Lets the others go on where a resource fails; what became of each is told. */
  readonly continueOnError?: boolean;
  /** Gets what is printed, as it comes. */
  readonly onPrinted?: (text: string) => void;
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
  /** What became of each resource, by its name; told of an `up` that goes on where one fails. */
  readonly steps: ReadonlyMap<string, Step>;
}

export interface Step {
  /** What the engine does with it: `create`, `update`, `same` … */
  readonly operation?: string;
  /** What its error says. */
  readonly error?: string;
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
  /** How many resources the engine works on at once; as it likes where it is left out. */
  readonly parallel?: number;
  /** Whether the engine tells all that it does, as with `-v=9 --logtostderr`. */
  readonly verbose?: boolean;
}

/** What people set with `--secret`, as state holds a provider's configuration. */
const SECRETS = ["aws:accessKey", "aws:secretKey", "aws:token", "aws:endpoints", "aws:assumeRoles"];

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
        ...endpoint.env,
        ...options.env,
      },
    },
  );
  const configure = async (config: { readonly [key: string]: string }) => {
    for (const [key, value] of Object.entries(config)) {
      await stack.setConfig(key, { value, secret: SECRETS.includes(key) });
    }
  };
  await configure(options.config ?? {});

  const stateFile = join(folder, "state", ".pulumi", "stacks", project, `${name}.json`);
  const common = {
    ...(options.parallel !== undefined && { parallel: options.parallel }),
    ...(options.verbose && { logVerbosity: 9, logToStdErr: true }),
  };
  const withProgram = (program: PulumiFn) => {
    stack.workspace.program = program;
    return stack;
  };
  return {
    preview: (program) =>
      run(async (print) => ({
        changes: (await withProgram(program).preview({ ...print, ...common, diff: true })).changeSummary,
      })),
    up: (program, { onPrinted, ...options } = {}) =>
      run(async (print, onEvent) => {
        const told = options.continueOnError ? { onEvent } : {};
        const all = { ...print, ...told, ...common, ...options, diff: true };
        const { outputs, summary } = await withProgram(program).up(all);
        const values = Object.entries(outputs).map(([output, { value }]) => [output, value]);
        return { changes: summary.resourceChanges, outputs: Object.fromEntries(values) };
      }, onPrinted),
    refresh: () =>
      run(async (print) => ({
        changes: (await stack.refresh({ ...print, ...common })).summary.resourceChanges,
      })),
    destroy: (options = {}) =>
      run(async (print) => ({
        changes: (await stack.destroy({ ...print, ...common, ...options })).summary.resourceChanges,
      })),
    cancel: async () => {
      // The file backend replaces the state at one stroke, but not the notes on that file: a kill may leave them empty,
      // and no command reads the state then ("failed to load checkpoint: EOF"). They are not needed.
      if (!(await isWhole(`${stateFile}.attrs`))) await rm(`${stateFile}.attrs`, { force: true });
      await stack.cancel();
    },
    configure,
    resources: async () => resourcesOf(await stack.exportStack()),
    state: () => readFile(stateFile, "utf8"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function isWhole(file: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}

interface Outcome {
  readonly changes?: { readonly [operation: string]: number } | undefined;
  readonly outputs?: { readonly [name: string]: unknown };
}

interface Print {
  readonly color: "never";
  readonly onOutput: (text: string) => void;
  readonly onError: (text: string) => void;
}

async function run(
  command: (print: Print, onEvent: (event: EngineEvent) => void) => Promise<Outcome>,
  onPrinted: (text: string) => void = () => {},
): Promise<Ran> {
  const steps = new Map<string, Step>();
  let printed = "";
  const add = (text: string) => {
    printed += text;
    onPrinted(text);
  };
  try {
    const { changes = {}, outputs = {} } = await command(
      { color: "never", onOutput: add, onError: add },
      (event) => noteStep(steps, event),
    );
    return { ok: true, printed, changes, outputs, steps };
  } catch (error) {
    // A failed command has said all it had to say; anything else is a failure of the harness.
    if (!(error instanceof CommandError)) throw error;
    return { ok: false, printed, changes: {}, outputs: {}, steps };
  }
}

function noteStep(steps: Map<string, Step>, { resourcePreEvent: begun, diagnosticEvent: said }: EngineEvent) {
  const note = (urn: string, step: Step) => {
    const name = urn.slice(urn.lastIndexOf("::") + 2);
    steps.set(name, { ...steps.get(name), ...step });
  };
  if (begun) note(begun.metadata.urn, { operation: begun.metadata.op });
  if (said?.urn && said.severity === "error") note(said.urn, { error: said.message });
}

function resourcesOf(deployment: { deployment: { resources?: StateResource[] } }): StateResource[] {
  return (deployment.deployment.resources ?? []).filter(({ type }) => !type.startsWith("pulumi:"));
}
