import { Command } from "commander";
import { printable } from "../../provider/rule/printable";
import { writeOut } from "../writeOut";
import type { GenerateOptions } from "./generate";

const EXAMPLES = `
Examples:
  # Read the groups from EC2, with the environment's credentials.
  $ pulumi-aws-egress generate sg-0123456789abcdef0 sg-0fedcba9876543210 --region eu-west-1 > policy.ts

  # Read the groups from a file, which has no names of groups and prefix lists.
  $ aws ec2 describe-security-group-rules > rules.json
  $ pulumi-aws-egress generate --rules rules.json --out policy.ts

  # Revoke all other rules and the rule for all traffic; read the group's id from the stack configuration.
  $ pulumi-aws-egress generate sg-0123456789abcdef0 --exclusive --tighten --config > policy.ts

Comments in the program and standard error report the rules that the program cannot keep.
Exit code: 0 on success, 2 if an input is invalid.`;

/** `generate`: writes a program that takes over existing rules. */
export function generateCommand(): Command {
  return new Command("generate")
    .description("Generate a program that adopts the existing outbound rules of security groups.")
    .argument("[groups...]", "the ids of the groups (default with --rules: all groups in the file)")
    .option("--rules <file>", "the output of `aws ec2 describe-security-group-rules`; - for standard input")
    .option(
      "--region <region>",
      "the Region of the groups, also written to the program (default: the environment's)",
    )
    .option("--profile <profile>", "the AWS profile to read with (default: the environment's)")
    .option("--as <form>", "policy, set, rules or components", "policy")
    .option("--config", "read the ids of the groups from the stack configuration")
    .option("--exclusive", "revoke all other rules of the groups; for policy and set")
    .option("--tighten", "leave out the rule for all traffic to any address")
    .option("--out <file>", "the file to write, instead of standard output")
    .addHelpText("after", EXAMPLES)
    .action(
      async (groups: readonly string[], { out, ...options }: GenerateOptions & { readonly out?: string }) => {
        // Loaded on demand, so that `--help` is fast.
        const { generate }: typeof import("./generate") = require("./generate");
        const { text, notes } = await generate(groups, options);
        writeOut(out, text);
        for (const note of notes) process.stderr.write(`${printable(note)}\n`);
      },
    );
}
