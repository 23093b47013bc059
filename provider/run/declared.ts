import type { EC2Client } from "@aws-sdk/client-ec2";
import { isRecord } from "../rule/record";

/** The inputs of the resources that the program has declared in this run of the engine. */
const declared = new WeakMap<EC2Client, Set<string>>();

/** Notes what check has made of the arguments of a resource. */
export function noteDeclared(client: EC2Client, inputs: object): void {
  declared.set(client, (declared.get(client) ?? new Set()).add(textOf(inputs)));
}

/**
 * Whether the program declares a resource with these inputs.
 *
 * The engine compares what a refresh has read with the state as well, also of what is no longer declared, and then goes
 * on with the same provider (`--refresh`).
 */
export function isDeclared(client: EC2Client, inputs: object): boolean {
  return declared.get(client)?.has(textOf(inputs)) === true;
}

/** The inputs as text, whatever order their properties have come in. */
function textOf(inputs: object): string {
  return JSON.stringify(inputs, (_, value: unknown) =>
    isRecord(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
