import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { HANDLERS } from "./providerLine";

/** The folder that the engine starts the program in, and its own process; a program may leave it later. */
const FOLDER = process.cwd();

/**
 * Refuses a resource whose handlers the engine's process will not find: its own error says neither where it looks nor
 * what to do.
 *
 * Only where the engine has started the program, which is not so under mocks nor with an inline program: the engine's
 * process does not run in the folder of theirs.
 */
export function refuseOutOfReach(label: string): void {
  if (process.env.PULUMI_NODEJS_MONITOR === undefined) return;
  outOfReach ??= reasonOutOfReach();
  if (outOfReach !== "") throw new pulumi.RunError(`${label}: ${outOfReach}`);
}

let outOfReach: string | undefined;

function reasonOutOfReach(): string {
  const { resolve } = createRequire(join(FOLDER, "index.js"));
  const sdk = dirname(resolve("@pulumi/pulumi/cmd/dynamic-provider"));
  // As the line in state does it.
  const paths = [FOLDER, sdk];
  try {
    resolve(HANDLERS, { paths });
    return "";
  } catch {
    return [
      "Pulumi cannot find pulumi-aws-egress",
      `from the program's folder ${FOLDER} or beside its SDK ${sdk}:`,
      `add pulumi-aws-egress to the dependencies in the program's own package.json`,
      `(with pnpm, publicHoistPattern: [pulumi-aws-egress] in pnpm-workspace.yaml also works)`,
    ].join(" ");
  }
}
