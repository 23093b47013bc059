import { execFile } from "node:child_process";
import { promisify } from "node:util";

const exec = promisify(execFile);

interface Process {
  readonly id: number;
  readonly parent: number;
  readonly command: string;
}

/** The CLI that this process started, and its descendants, the CLI first. */
export async function ownCli(): Promise<Process[]> {
  const { stdout } = await exec("ps", ["-A", "-o", "pid=,ppid=,args="]);
  const all = stdout.split("\n").flatMap((line) => {
    const [, id, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return id === undefined ? [] : [{ id: Number(id), parent: Number(parent), command }];
  });
  const under = (ids: readonly number[]): Process[] => {
    const children = all.filter(({ parent }) => ids.includes(parent));
    return children.length === 0 ? [] : [...children, ...under(children.map(({ id }) => id))];
  };
  const clis = all.filter(({ parent, command }) => parent === process.pid && isPulumi(command));
  return [...clis, ...under(clis.map(({ id }) => id))];
}

/** The process in which the package's handlers run. */
export function isProvider({ command }: Process): boolean {
  return command.includes("dynamic-provider");
}

/** Ends a process at once; one that has already ended is fine. */
export function signal({ id }: Process, name: "SIGKILL" | "SIGINT"): void {
  try {
    process.kill(id, name);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "ESRCH") throw error;
  }
}

function isPulumi(command: string): boolean {
  return /^\S*\bpulumi(\.exe)?(\s|$)/.test(command);
}
