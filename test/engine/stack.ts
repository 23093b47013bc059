import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CommandError, type EngineEvent, LocalWorkspace, type PulumiFn } from "@pulumi/pulumi/automation";
import type { Endpoint } from "../ec2/endpoint";
import { oneProcessCli } from "./oneProcess";
import { isWhole, makeStackFolder, writeConfig } from "./stackFolder";

/** A stack on the real engine: state in a temporary folder, calls to the test's own EC2 endpoint. */
export interface TestStack {
  readonly preview: (program: Program) => Promise<Ran>;
  readonly up: (program: Program, options?: UpOptions) => Promise<Ran>;
  readonly refresh: (options?: RunOptions) => Promise<Ran>;
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

/** A program in this process, or one that runs in a process of its own, as people's do. */
export type Program = PulumiFn | WrittenProgram;

export interface WrittenProgram {
  /** The file of the program, plain JavaScript. */
  readonly main: string;
  /** What it reads from `program.json` beside it. */
  readonly json: string;
}

export interface RunOptions {
  /** Called as the engine begins with each resource. */
  readonly onBegun?: () => void;
}

export interface DestroyOptions extends RunOptions {
  /** Looks at what there is first, as with `--refresh`. */
  readonly refresh?: boolean;
  /** Runs the program where the engine would not need to, as with `--run-program`. */
  readonly runProgram?: boolean;
}

export interface UpOptions extends DestroyOptions {
  readonly replace?: string[];
  /** Lets the others go on where a resource fails. */
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
  /** What became of each resource, by its name. */
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

const MAIN = "index.js";

/** What people set with `--secret`, as state holds a provider's configuration. */
const SECRETS = ["aws:accessKey", "aws:secretKey", "aws:token", "aws:endpoints", "aws:assumeRoles"];

export async function makeStack(endpoint: Endpoint, options: StackOptions = {}): Promise<TestStack> {
  const { project = "shop", name = "test", config = {} } = options;
  const isSecret = ([key]: readonly [string, string]) => SECRETS.includes(key);
  const { folder, env, configFile, stateFile, remove } = await makeStackFolder({
    project,
    name,
    config: Object.fromEntries(Object.entries(config).filter((entry) => !isSecret(entry))),
  });
  const stack = await LocalWorkspace.selectStack(
    { projectName: project, stackName: name, program: async () => {} },
    {
      workDir: folder,
      projectSettings: { name: project, runtime: "nodejs" },
      envVars: { ...env, ...endpoint.env, ...options.env },
      pulumiCommand: await oneProcessCli(),
    },
  );
  for (const [key, value] of Object.entries(config).filter(isSecret)) {
    await stack.setConfig(key, { value, secret: true });
  }

  const common = {
    ...(options.parallel !== undefined && { parallel: options.parallel }),
    ...(options.verbose && { logVerbosity: 9, logToStdErr: true }),
  };
  const withProgram = async (program: Program) => {
    const isInline = typeof program === "function";
    Object.assign(stack.workspace, { program: isInline ? program : undefined });
    if (isInline) return;
    await cp(program.main, join(folder, MAIN));
    await writeFile(join(folder, "program.json"), program.json);
  };
  const resources = async () => resourcesIn(await readFile(stateFile, "utf8"), () => stack.exportStack());
  return {
    preview: async (program) => {
      await withProgram(program);
      return run((tell) => stack.preview({ ...tell, ...common, diff: true }));
    },
    up: async (program, { onPrinted, onBegun, ...options } = {}) => {
      await withProgram(program);
      const ran = await run((tell) => stack.up({ ...tell, ...common, ...options, diff: true }), {
        onPrinted,
        onBegun,
      });
      const ofStack = (await resources()).find(({ type }) => type === "pulumi:pulumi:Stack");
      return { ...ran, outputs: (ran.ok && ofStack?.outputs) || {} };
    },
    refresh: (options) => run((tell) => stack.refresh({ ...tell, ...common }), options),
    destroy: ({ onBegun, ...options } = {}) =>
      run((tell) => stack.destroy({ ...tell, ...common, ...options }), { onBegun }),
    cancel: async () => {
      // The file backend replaces the state at one stroke, but not the notes on that file: a kill may leave them empty,
      // and no command reads the state then ("failed to load checkpoint: EOF"). They are not needed.
      if (!(await isWhole(`${stateFile}.attrs`))) await rm(`${stateFile}.attrs`, { force: true });
      await stack.cancel();
    },
    configure: (changed) => writeConfig(configFile, project, { ...config, ...changed }),
    resources: async () => (await resources()).filter(({ type }) => !type.startsWith("pulumi:")),
    state: () => readFile(stateFile, "utf8"),
    remove,
  };
}

/** Who is told what, as it comes. */
interface Told {
  readonly onPrinted?: ((text: string) => void) | undefined;
  readonly onBegun?: (() => void) | undefined;
}

/** What the engine and what it calls have to say. */
interface Tell {
  readonly color: "never";
  readonly onOutput: (text: string) => void;
  readonly onError: (text: string) => void;
  readonly onEvent: (event: EngineEvent) => void;
}

async function run(
  command: (tell: Tell) => Promise<unknown>,
  { onPrinted, onBegun }: Told = {},
): Promise<Ran> {
  const steps = new Map<string, Step>();
  let changes = {};
  let printed = "";
  const add = (text: string) => {
    printed += text;
    onPrinted?.(text);
  };
  const onEvent = (event: EngineEvent) => {
    noteStep(steps, event);
    if (event.resourcePreEvent) onBegun?.();
    if (event.summaryEvent) changes = event.summaryEvent.resourceChanges;
  };
  try {
    await command({ color: "never", onOutput: add, onError: add, onEvent });
    return { ok: true, printed, changes, outputs: {}, steps };
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

/** How a value that is secret is told, in state. */
const SECRET = "4dabf18193072939515e22adb298388d";

/** @param decrypt asks the CLI, which alone can read what is secret */
async function resourcesIn(
  state: string,
  decrypt: () => Promise<{ deployment: { resources?: StateResource[] } }>,
): Promise<StateResource[]> {
  const { resources = [] } = state.includes(SECRET)
    ? (await decrypt()).deployment
    : JSON.parse(state).checkpoint.latest;
  return resources;
}
