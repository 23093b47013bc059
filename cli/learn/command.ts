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
  # Generate the smallest policy that would have allowed the traffic in the logs.
  $ aws ec2 describe-network-interfaces > eni.json
  $ pulumi-aws-egress learn --flow-logs logs/ --interfaces eni.json --group sg-0123456789abcdef0 > policy.ts

  # Also report allowed traffic that was never used.
  $ aws ec2 describe-security-group-rules > rules.json
  $ pulumi-aws-egress learn --flow-logs logs/ --interfaces eni.json --group sg-0123456789abcdef0 \\
      --rules rules.json --out policy.ts --report report.md

  # Test the policy on the last week, and learn it from the time before.
  $ pulumi-aws-egress learn --flow-logs logs/ --interfaces eni.json --group sg-0123456789abcdef0 \\
      --holdout 7d --report report.md > policy.ts

Exit code: 0 on success, 2 if an input is invalid.`;

/** `learn`: derives the rules that a group needs from its flow logs. */
export function learnCommand(): Command {
  return new Command("learn")
    .description("Generate the smallest policy that would have allowed the traffic in VPC Flow Logs.")
    .requiredOption(
      "--flow-logs <path>",
      "flow logs: a file (text, .gz or Parquet), a folder of files, or - for standard input; repeatable",
      collected,
    )
    .requiredOption("--interfaces <file>", "the output of `aws ec2 describe-network-interfaces`")
    .requiredOption("--group <id>", "the security group, sg-…")
    .option(
      "--rules <file>",
      "the output of `aws ec2 describe-security-group-rules`, to report rules that were never used",
    )
    .option(
      "--ip-ranges <file>",
      "a copy of https://ip-ranges.amazonaws.com/ip-ranges.json, to identify addresses of AWS",
    )
    .option("--widest <prefix>", "the widest IPv4 CIDR to merge addresses into", "/24")
    .option("--max-rules <count>", "the maximum number of rules", String(DEFAULT_QUOTA))
    .option(
      "--holdout <time>",
      "the time, such as 7d, 12h or 2w, at the end of the logs to test the policy on",
    )
    .option("--out <file>", "the file to write the program to, instead of standard output")
    .option("--report <file>", "the file to write a Markdown report to")
    .option("--json", "write the report to standard output as JSON, and the program only with --out")
    .addHelpText("after", EXAMPLES)
    .action(async ({ out, report, json, ...options }: Options) => {
      // Loaded on demand, so that `--help` is fast.
      const { learn }: typeof import("./learn") = require("./learn");
      const { programOf }: typeof import("./program") = require("./program");
      const { reportOf, readLines }: typeof import("./report") = require("./report");
      const { jsonOf }: typeof import("./json") = require("./json");
      const learned = await learn(options);
      // Creates all outputs before it writes the first, so that an error leaves none behind.
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
