import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { HANDLERS } from "./providerLine";

/** The folder in which the engine starts the program and its own process; the program may change its folder later. */
const FOLDER = process.cwd();

/**
 * Refuses a resource whose handlers the engine's process will not find: the engine's own error says neither where it
 * looks nor what to do.
 *
 * Applies only if the engine started the program. Under mocks, or with an inline program, the engine's process runs in
 * a different folder.
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
  // This resolves as the line in state does.
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
