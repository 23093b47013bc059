#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { OWN_PACKAGE } from "../provider/ownPackage";
import { printable } from "../provider/rule/printable";
import { explainCommand } from "./explain/command";
import { generateCommand } from "./generate/command";
import { learnCommand } from "./learn/command";
import { InputError } from "./program/inputError";
import { reviewCommand } from "./review/command";

/** Runs `pulumi-aws-egress` with these arguments, and resolves to its exit code. */
async function main(args: readonly string[]): Promise<number> {
  const program = new Command("pulumi-aws-egress")
    .description("Review, explain, generate and learn the outbound rules of AWS security groups.")
    .version(OWN_PACKAGE.version)
    .addCommand(reviewCommand())
    .addCommand(explainCommand())
    .addCommand(generateCommand())
    .addCommand(learnCommand())
    .addHelpText("after", EXAMPLES);
  for (const command of [program, ...program.commands]) {
    command.exitOverride().showHelpAfterError(`(${command.name()} --help lists all options)`);
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_INPUT;
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`pulumi-aws-egress: ${printable(error.message)}\n`);
    return BAD_INPUT;
  }
}

const EXAMPLES = `
Examples:
  $ pulumi-aws-egress review
  $ pulumi-aws-egress explain --from sg-0123456789abcdef0 --to 10.0.0.7 --port 443
  $ pulumi-aws-egress generate sg-0123456789abcdef0 > policy.ts
  $ pulumi-aws-egress learn --flow-logs logs/ --interfaces eni.json --group sg-0123456789abcdef0

Run a command with --help for more examples.`;

const BAD_INPUT = 2;
/** The exit code for a bug in this package. Pipelines give 1 and 2 other meanings. */
const MISTAKE = 70;

// The reader may stop early, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = MISTAKE;
  },
);
