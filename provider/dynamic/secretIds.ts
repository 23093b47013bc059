import * as pulumi from "@pulumi/pulumi";
import { isRecord, type UnknownRecord } from "../rule/record";

/** What a rule's text does not say. */
const NOT_IN_TEXT: ReadonlySet<string> = new Set(["description", "tags", "silence"]);

/**
 * Something secret where the rules of a set are, but for their descriptions and tags; else undefined.
 *
 * As the input `ruleIds` it makes the engine take the output of that name for secret too: its keys say the rules.
 */
export async function secretIds(rules: unknown): Promise<pulumi.Output<unknown> | undefined> {
  const outputs: pulumi.Output<unknown>[] = [];
  collect(rules, outputs);
  const isSecret = (await Promise.all(outputs.map((output) => pulumi.isSecret(output)))).includes(true);
  if (!isSecret) return undefined;
  // Not known before `up`, as the ids are not.
  return pulumi.secret(pulumi.runtime.isDryRun() ? pulumi.output(pulumi.unknown) : {});
}

function collect(value: unknown, outputs: pulumi.Output<unknown>[]): void {
  if (pulumi.Output.isInstance(value)) outputs.push(value);
  else if (Array.isArray(value)) for (const part of value) collect(part, outputs);
  else if (isRecord(value) && !pulumi.Resource.isInstance(value)) {
    for (const part of Object.values(textOf(value))) collect(part, outputs);
  }
}

function textOf(rule: UnknownRecord): UnknownRecord {
  return Object.fromEntries(Object.entries(rule).filter(([name]) => !NOT_IN_TEXT.has(name)));
}
