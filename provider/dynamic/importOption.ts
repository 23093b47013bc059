import * as pulumi from "@pulumi/pulumi";
import { isGiven, isRecord, type UnknownRecord } from "../rule/record";

/**
 * Fails the program if the options of a resource or a component specify `import`, and says what to do instead.
 *
 * The engine cannot import a dynamic resource, and its own error is cryptic: "Cannot read properties of undefined". The
 * type of a component's options has no `import`, but options passed on from elsewhere may.
 */
export function refuseImport(label: string, opts: unknown, adopt: string): void {
  const { import: id }: UnknownRecord = isRecord(opts) ? opts : {};
  if (!isGiven(id)) return;
  throw new pulumi.RunError(
    `${label}: the "import" option does not work with dynamic resources: remove it, and set adopt: ${adopt} in the arguments to adopt what exists`,
  );
}
