import { spawn } from "node:child_process";
import { InputError } from "./inputError";
import { parseWritten, type Written } from "./written";

/** Where the Pulumi CLI runs: the project's folder, and a stack if it is not the selected one. */
export interface Project {
  readonly cwd?: string;
  readonly stack?: string;
}

export const writePreview = (project: Project) => write(["preview", "--json"], project);

export const writeExport = (project: Project) => write(["stack", "export"], project);

async function write(args: readonly string[], { cwd = process.cwd(), stack }: Project): Promise<Written> {
  const name = `pulumi ${args.join(" ")}`;
  const all = [
    ...args,
    "--non-interactive",
    "--color",
    "never",
    ...(stack === undefined ? [] : ["--stack", stack]),
  ];
  const { code, stdout, stderr } = await run(name, all, cwd);
  // A failed preview still writes what it knows, and its errors are part of that output.
  if (code !== 0 && !stdout.trimStart().startsWith("{")) {
    const said = (stderr.trim() || stdout.trim()).split("\n").slice(-MOST_LINES).join("\n");
    throw new InputError(`\`${name}\` in ${cwd} failed with exit code ${code}:\n${said}`);
  }
  return parseWritten(`\`${name}\``, stdout);
}

/** Shows the end of the output, because that is where the CLI writes its error. */
const MOST_LINES = 20;

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(name: string, args: readonly string[], cwd: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", args, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      windowsHide: true,
    });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.once("error", (cause) =>
      reject(
        new InputError(
          `\`${name}\` cannot run in ${cwd}: ${cause.message}. Add the Pulumi CLI to PATH, or specify --preview and --state`,
          { cause },
        ),
      ),
    );
    child.once("close", (code) =>
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
  });
}
