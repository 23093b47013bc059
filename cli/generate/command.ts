import { Command } from "commander";
import { printable } from "../../provider/rule/printable";
import { writeOut } from "../writeOut";
import type { GenerateOptions } from "./generate";

const EXAMPLES = `
Examples:
  # Reads the groups from EC2, with the credentials of the environment.
  $ pulumi-aws-egress generate sg-0123456789abcdef0 sg-0fedcba9876543210 --region eu-west-1 > policy.ts

  # Of what was read before: the groups in the file, without the names of groups and prefix lists.
  $ aws ec2 describe-security-group-rules > rules.json
  $ pulumi-aws-egress generate --rules rules.json --out policy.ts

  # Nothing else may leave, and no longer everything; the group's id comes from the configuration of the stack.
  $ pulumi-aws-egress generate sg-0123456789abcdef0 --exclusive --tighten --config > policy.ts

What cannot be kept is said in the program and on standard error.
Exit code: 0, or 2 where an input is not what it should be.`;

/** `generate`: a program that takes over the rules that are there. */
export function generateCommand(): Command {
  return new Command("generate")
    .description("Write a program that takes over what security groups let out already.")
    .argument("[groups...]", "the ids of the groups; with --rules, those of the file where none is given")
    .option("--rules <file>", "what `aws ec2 describe-security-group-rules` printed; - for standard input")
    .option(
      "--region <region>",
      "the Region of the groups, which the program then says too (default: the environment's)",
    )
    .option("--profile <profile>", "whose credentials to read with (default: the environment's)")
    .option("--as <form>", "policy, set, rules or components", "policy")
    .option("--config", "take the ids of the groups from the configuration of the stack")
    .option("--exclusive", "nothing else may leave the groups; with policy and set")
    .option("--tighten", "leave out the rule that lets everything out")
    .option("--out <file>", "write there, not to standard output")
    .addHelpText("after", EXAMPLES)
    .action(
      async (groups: readonly string[], { out, ...options }: GenerateOptions & { readonly out?: string }) => {
        // Loaded when they are needed, so that help comes at once.
        const { generate }: typeof import("./generate") = require("./generate");
        const { text, notes } = await generate(groups, options);
        writeOut(out, text);
        for (const note of notes) process.stderr.write(`${printable(note)}\n`);
      },
    );
}
