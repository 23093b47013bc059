import { Command } from "commander";
import { DEFAULT_QUOTA } from "../../provider/rule/quota";
import { writeOut } from "../writeOut";
import type { LearnOptions } from "./learn";

interface Options extends LearnOptions {
  readonly out?: string;
  readonly report?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  # A program with the least policy that would have let out what the logs show.
  $ aws ec2 describe-network-interfaces > eni.json
  $ pulumi-aws-egress learn --flow-logs logs/ --interfaces eni.json --group sg-0123456789abcdef0 > policy.ts

  # With what is allowed and was never used.
  $ aws ec2 describe-security-group-rules > rules.json
  $ pulumi-aws-egress learn --flow-logs logs/ --interfaces eni.json --group sg-0123456789abcdef0 \\
      --rules rules.json --out policy.ts --report report.md

  # What a policy learned from the weeks before would have refused in the last one.
  $ pulumi-aws-egress learn --flow-logs logs/ --interfaces eni.json --group sg-0123456789abcdef0 \\
      --holdout 7d --report report.md > policy.ts

Exit code: 0, 2 where an input is not what it should be.`;

/** `learn`: what a group needs, by its flow logs. */
export function learnCommand(): Command {
  return new Command("learn")
    .description("Write the least policy that would have let out what VPC Flow Logs show.")
    .requiredOption(
      "--flow-logs <path>",
      "flow logs: a file (text, .gz or Parquet), a folder of them, or - for standard input; may be given again",
      collected,
    )
    .requiredOption("--interfaces <file>", "what `aws ec2 describe-network-interfaces` printed")
    .requiredOption("--group <id>", "the security group, sg-…")
    .option(
      "--rules <file>",
      "what `aws ec2 describe-security-group-rules` printed: says what was never used",
    )
    .option(
      "--ip-ranges <file>",
      "what https://ip-ranges.amazonaws.com/ip-ranges.json says of addresses of AWS",
    )
    .option("--widest <prefix>", "the widest IPv4 CIDR that addresses are merged into", "/24")
    .option("--max-rules <count>", "how many rules the group may have", String(DEFAULT_QUOTA))
    .option("--holdout <time>", "learn from what came before the last 7d, 12h or 2w, and test on the rest")
    .option("--out <file>", "write the program there, not to standard output")
    .option("--report <file>", "write there, in Markdown, what the logs say")
    .option("--json", "write the report to standard output as JSON; the program only with --out")
    .addHelpText("after", EXAMPLES)
    .action(async ({ out, report, json, ...options }: Options) => {
      // Loaded when they are needed, so that help comes at once.
      const { learn }: typeof import("./learn") = require("./learn");
      const { programOf }: typeof import("./program") = require("./program");
      const { reportOf, readLines }: typeof import("./report") = require("./report");
      const { jsonOf }: typeof import("./json") = require("./json");
      const learned = await learn(options);
      // All is made before anything is written.
      const program = programOf(learned);
      if (report !== undefined) writeOut(report, reportOf(learned), "--report");
      if (out !== undefined || json !== true) writeOut(out, program);
      if (json === true) process.stdout.write(jsonOf(learned));
      const { summaryOf }: typeof import("./summary") = require("./summary");
      process.stderr.write(summaryOf(learned, readLines(learned)));
    });
}

function collected(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
