import { execFileSync } from "node:child_process";

interface Process {
  readonly id: number;
  readonly parent: number;
  readonly command: string;
}

/** The Pulumi CLI that this process started, and its descendants: the CLI first. */
export function cliProcesses(): readonly Process[] {
  const all = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .flatMap((line) => {
      const [, id, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return id === undefined ? [] : [{ id: Number(id), parent: Number(parent), command }];
    });
  const below = (parent: number): Process[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.id)]);
  const cli = all.find(({ parent, command }) => parent === process.pid && /\bpulumi\b.* up /.test(command));
  if (cli === undefined) throw new Error("no `pulumi up` is running");
  return [cli, ...below(cli.id)];
}

/** The processes that serve dynamic resources. */
export function providerProcesses(): readonly Process[] {
  const found = cliProcesses().filter(({ command }) => command.includes("dynamic-provider"));
  if (found.length === 0) throw new Error("no process serves dynamic resources");
  return found;
}
