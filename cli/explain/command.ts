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
  # In a project's folder: runs pulumi stack export itself.
  $ pulumi-aws-egress explain --from web --to 10.0.0.7 --port 443

  # Of a state that was exported before, for UDP, and for a group of the program.
  $ pulumi stack export > state.json
  $ pulumi-aws-egress explain --state state.json --from sg-0123456789abcdef0 --to database --port 53 --protocol udp

  # As it will be after a change.
  $ pulumi-aws-egress explain --state state.json --preview preview.json --from web --to 2001:db8::7 --port 443

  # As EC2 has it now.
  $ pulumi-aws-egress explain --live --from sg-0123456789abcdef0 --to pl-0123456789abcdef0 --port 443 --json

Exit code: 0 whatever the answer, 2 where an input is not what it should be.`;

/** `explain`: whether a group can reach something, and why. */
export function explainCommand(): Command {
  return new Command("explain")
    .description("Say whether a security group lets something out, by which rule, or what comes nearest.")
    .requiredOption("--from <group>", "the group: its id, or the name of the resource that makes it")
    .requiredOption("--to <destination>", "an address, a CIDR, a prefix list, or a group by its id or name")
    .option("--port <port>", "a port, a range such as 8080-8081, or an ICMP type")
    .option(
      "--protocol <protocol>",
      "tcp, udp, icmp, icmpv6, a number, or -1 for all (default: tcp with --port, else -1)",
    )
    .option("--state <file>", "what `pulumi stack export` wrote; - for standard input")
    .option("--preview <file>", "what `pulumi preview --json` wrote: the answer is for after the change")
    .option("--stack <name>", "the stack to export, where no state is given")
    .option("--live", "read the group from EC2, with the credentials of the environment")
    .option("--region <region>", "the Region of the group, with --live (default: the environment's)")
    .option("--json", "write JSON")
    .addHelpText("after", EXAMPLES)
    .action(async ({ json, ...options }: Options) => {
      // Loaded when they are needed, so that help comes at once.
      const { explain }: typeof import("./explain") = require("./explain");
      const { jsonOf, textOf }: typeof import("./write") = require("./write");
      const explanation = await explain(options);
      process.stdout.write(json === true ? jsonOf(explanation) : textOf(explanation));
    });
}
