import { Command } from "commander";

interface Options {
  readonly from: string;
  readonly to: string;
  readonly port?: string;
  readonly protocol?: string;
  readonly state?: string;
  readonly preview?: string;
  readonly stack?: string;
  readonly live?: true;
  readonly region?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  # In a project folder: runs pulumi stack export.
  $ pulumi-aws-egress explain --from web --to 10.0.0.7 --port 443

  # From an exported state: UDP to another group of the program.
  $ pulumi stack export > state.json
  $ pulumi-aws-egress explain --state state.json --from sg-0123456789abcdef0 --to database --port 53 --protocol udp

  # After a change.
  $ pulumi-aws-egress explain --state state.json --preview preview.json --from web --to 2001:db8::7 --port 443

  # From the current rules in EC2.
  $ pulumi-aws-egress explain --live --from sg-0123456789abcdef0 --to pl-0123456789abcdef0 --port 443 --json

Exit code: 0 for any answer, 2 if an input is invalid.`;

/** `explain`: tells whether a group can reach a destination, and why. */
export function explainCommand(): Command {
  return new Command("explain")
    .description(
      "Explain whether a security group allows traffic, by which rules, or which rules come closest.",
    )
    .requiredOption("--from <group>", "the group: its id, or the name of its resource")
    .requiredOption("--to <destination>", "an address, a CIDR, a prefix list, or a group by id or name")
    .option("--port <port>", "a port, a range such as 8080-8081, or an ICMP type")
    .option(
      "--protocol <protocol>",
      "tcp, udp, icmp, icmpv6, a number, or -1 for all (default: tcp with --port, else -1)",
    )
    .option("--state <file>", "the output of `pulumi stack export`; - for standard input")
    .option("--preview <file>", "the output of `pulumi preview --json`, to explain the result of the change")
    .option("--stack <name>", "the stack to export if no state is specified")
    .option("--live", "read the group from EC2, with the environment's credentials")
    .option("--region <region>", "the Region of the group, with --live (default: the environment's)")
    .option("--json", "write JSON")
    .addHelpText("after", EXAMPLES)
    .action(async ({ json, ...options }: Options) => {
      // Loaded on demand, so that `--help` is fast.
      const { explain }: typeof import("./explain") = require("./explain");
      const { jsonOf, textOf }: typeof import("./write") = require("./write");
      const explanation = await explain(options);
      process.stdout.write(json === true ? jsonOf(explanation) : textOf(explanation));
    });
}
