import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../../setup";

const BIN = join(ROOT, "dist", "cli", "index.js");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Options {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What Node.js runs first. */
  readonly node?: readonly string[];
  /** Its standard input. */
  readonly input?: string;
}

/** Runs the compiled `pulumi-aws-egress` in its own process. */
export function runBin(
  args: readonly string[],
  { cwd = ROOT, env, node = [], input }: Options = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...node, BIN, ...args], {
      cwd,
      env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    // Unread input breaks the pipe.
    child.stdin.on("error", () => undefined).end(input);
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}
