import * as pulumi from "@pulumi/pulumi";
import { isGiven, isRecord, type UnknownRecord } from "../rule/record";

/**
 * Fails the program where the options of a resource or a component say `import`, with what to do instead.
 *
 * The engine cannot import a dynamic resource, and its error tells nobody why: "Cannot read properties of undefined".
 * The options of a component have no `import`, but those that are passed on may.
 */
export function refuseImport(label: string, opts: unknown, adopt: string): void {
  const { import: id }: UnknownRecord = isRecord(opts) ? opts : {};
  if (!isGiven(id)) return;
  throw new pulumi.RunError(
    `${label}: the "import" option does not work with dynamic resources: remove it, and set adopt: ${adopt} in the arguments to adopt what exists`,
  );
}
