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
  /** Removes the lock of a killed run. */
  readonly cancel: () => Promise<void>;
  readonly configure: (config: { readonly [key: string]: string }) => Promise<void>;
  /** The resources in state, without the stack itself and providers. */
  readonly resources: () => Promise<StateResource[]>;
  /** The state file as text, with secrets encrypted. */
  readonly state: () => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** A program in this process, or in its own, like users' programs. */
export type Program = PulumiFn | WrittenProgram;

export interface WrittenProgram {
  /** The file of the program, plain JavaScript. */
  readonly main: string;
  /** Its input, from `program.json` beside it. */
  readonly json: string;
}

export interface RunOptions {
  /** Called when the engine starts each resource. */
  readonly onBegun?: () => void;
}

export interface DestroyOptions extends RunOptions {
  /** Refreshes first, as with `--refresh`. */
  readonly refresh?: boolean;
  /** Runs the program even if the engine does not need to, as with `--run-program`. */
  readonly runProgram?: boolean;
}

export interface UpOptions extends DestroyOptions {
  readonly replace?: string[];
  /** Continues with other resources if one fails. */
  readonly continueOnError?: boolean;
  /** Receives the output as it arrives. */
  readonly onPrinted?: (text: string) => void;
}

/** What a command did. */
export interface Ran {
  /** Whether it ended without an error. */
  readonly ok: boolean;
  /** The output that a person would see, without colors. */
  readonly printed: string;
  /** How many resources were created, updated, replaced, deleted and left the same. */
  readonly changes: { readonly [operation: string]: number };
  readonly outputs: { readonly [name: string]: unknown };
  /** The result for each resource, by its name. */
  readonly steps: ReadonlyMap<string, Step>;
}

export interface Step {
  /** The engine's operation on it: `create`, `update`, `same` … */
  readonly operation?: string;
  /** Its error. */
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
  /** How many resources the engine handles at once; its own default if omitted. */
  readonly parallel?: number;
  /** Whether the engine logs everything, as with `-v=9 --logtostderr`. */
  readonly verbose?: boolean;
}

const MAIN = "index.js";

/** Values set with `--secret`, in the form that state keeps for a provider's configuration. */
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
      // The file backend replaces the state atomically, but not its metadata: a kill may leave that file empty,
      // and then
      // no command reads the state ("failed to load checkpoint: EOF"). The metadata is not needed.
      if (!(await isWhole(`${stateFile}.attrs`))) await rm(`${stateFile}.attrs`, { force: true });
      await stack.cancel();
    },
    configure: (changed) => writeConfig(configFile, project, { ...config, ...changed }),
    resources: async () => (await resources()).filter(({ type }) => !type.startsWith("pulumi:")),
    state: () => readFile(stateFile, "utf8"),
    remove,
  };
}

/** Who receives what, as it arrives. */
interface Told {
  readonly onPrinted?: ((text: string) => void) | undefined;
  readonly onBegun?: (() => void) | undefined;
}

/** The output of the engine and its children. */
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
    // A failed command has printed everything; any other error is a failure of the harness.
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

/** The form of a secret value in state. */
const SECRET = "4dabf18193072939515e22adb298388d";

/** @param decrypt asks the CLI, which alone can decrypt secrets */
async function resourcesIn(
  state: string,
  decrypt: () => Promise<{ deployment: { resources?: StateResource[] } }>,
): Promise<StateResource[]> {
  const { resources = [] } = state.includes(SECRET)
    ? (await decrypt()).deployment
    : JSON.parse(state).checkpoint.latest;
  return resources;
}
