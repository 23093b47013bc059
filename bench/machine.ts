import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";

/** The kind of machine that ran the benchmark. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memory: string;
  readonly system: string;
  readonly node: string;
  readonly pulumi: string;
  readonly terraform: string;
  /** Its load before the first measurement. */
  readonly load: number;
}

export function machine(terraform: string | undefined): Machine {
  const [{ model } = { model: "unknown" }, ...others] = cpus();
  return {
    cores: others.length + 1,
    processor: model.trim(),
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    pulumi: execFileSync("pulumi", ["version"], { encoding: "utf8" }).trim(),
    terraform: terraform ?? "not on this machine, or not its AWS provider",
    load: loadavg()[0] ?? 0,
  };
}

/** The same in a sentence or two. */
export function machineText(of: Machine): string {
  return [
    `Measured on ${of.system}, ${of.cores} cores of ${of.processor}, ${of.memory}, which the engine, the endpoint and`,
    `the benchmark share; load ${of.load.toFixed(1)} before the first measurement. Node ${of.node}, Pulumi CLI`,
    `${of.pulumi}; Terraform: ${of.terraform}.`,
  ].join("\n");
}
