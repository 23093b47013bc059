import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { OWN_PACKAGE } from "../../provider/ownPackage";
import { DEFAULT_QUOTA } from "../../provider/rule/quota";
import { InputError } from "../program/inputError";
import type { Model } from "../program/model";
import { readProgram } from "../program/read";
import { nameOf } from "../program/urn";
import { failuresOf, parseFailOn } from "./failOn";
import { writerOf } from "./formats";
import { reviewOf } from "./review";
import { folderInRepository } from "./surroundings";

interface Options {
  readonly preview?: string;
  readonly state?: string;
  readonly stack?: string;
  readonly format: string;
  readonly failOn?: string;
  readonly group: readonly string[];
  readonly out?: string;
  readonly quota: string;
}

const EXAMPLES = `
Examples:
  # In a project folder: runs pulumi preview and pulumi stack export.
  $ pulumi-aws-egress review --format text

  # In a pipeline: reads an existing preview and state.
  $ pulumi preview --json > preview.json && pulumi stack export > state.json
  $ pulumi-aws-egress review --preview preview.json --state state.json --out review.md --fail-on widens,unknown

Exit code: 0 on success, 1 if a --fail-on condition is met, 2 if an input is invalid.`;

/** `review`: reports what a change opens and closes. */
export function reviewCommand(): Command {
  return new Command("review")
    .description("Report the outbound traffic that a change of a Pulumi program opens and closes.")
    .option(
      "--preview <file>",
      "the output of `pulumi preview --json`, or the engine's event log; - for standard input",
    )
    .option("--state <file>", "the output of `pulumi stack export`; - for standard input")
    .option("--stack <name>", "the stack to preview and export if no files are specified")
    .option("--format <format>", "markdown, json, sarif or text", "markdown")
    .option(
      "--fail-on <list>",
      "exit with 1 on any of these: widens, narrows, unknown, a severity, or the id of a finding",
    )
    .option("--group <name>", "review only this group, by id or name; repeatable", collected, [])
    .option("--out <file>", "the file to write, instead of standard output")
    .option(
      "--quota <rules>",
      "the quota of outbound rules per group and address family (L-0EA8095F)",
      String(DEFAULT_QUOTA),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (options: Options) => {
      const failures = await review(options);
      for (const failure of failures) process.stderr.write(`${failure}\n`);
      if (failures.length > 0) process.exitCode = 1;
    });
}

function collected(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** Writes the report, and returns which conditions of `--fail-on` are true. */
async function review({
  preview,
  state,
  stack,
  format,
  failOn,
  group,
  out,
  quota,
}: Options): Promise<string[]> {
  // Reports invalid options before anything runs.
  const write = writerOf(format);
  const conditions = failOn === undefined ? [] : parseFailOn(failOn);
  const allowed = parseQuota(quota);
  const model = await readProgram({
    ...(preview !== undefined && { preview }),
    ...(state !== undefined && { state }),
    ...(stack !== undefined && { stack }),
  });
  const found = reviewOf(only(model, group), { quota: allowed });
  const report = write(found, {
    version: OWN_PACKAGE.version,
    folder: folderInRepository(process.cwd()),
    colours: out === undefined && process.stdout.isTTY === true && !process.env.NO_COLOR,
  });
  if (out === undefined) process.stdout.write(report);
  else writeTo(out, report);
  return failuresOf(found, conditions);
}

function parseQuota(text: string): number {
  const quota = /^\d+$/.test(text) ? Number(text) : 0;
  if (quota < 1 || quota > 1000) {
    throw new InputError(`--quota: "${text}" is not a number from 1 to 1000`);
  }
  return quota;
}

function only(model: Model, names: readonly string[]): Model {
  if (names.length === 0) return model;
  const isNamed =
    (name: string) =>
    ({ group, urn }: Model["groups"][number]) =>
      group === name || urn === name || (urn !== undefined && nameOf(urn) === name);
  for (const name of names) {
    if (model.groups.some(isNamed(name))) continue;
    const there = model.groups.slice(0, 10).map(({ group }) => group);
    const more = model.groups.length > 10 ? ` and ${model.groups.length - 10} more` : "";
    throw new InputError(
      `--group: the program has no group "${name}": ${there.length === 0 ? "it has none" : `it has ${there.join(", ")}${more}`}`,
    );
  }
  return { ...model, groups: model.groups.filter((group) => names.some((name) => isNamed(name)(group))) };
}

function writeTo(file: string, report: string): void {
  try {
    writeFileSync(file, report);
  } catch (error) {
    throw new InputError(
      `--out: ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
