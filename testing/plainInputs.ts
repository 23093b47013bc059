import * as pulumi from "@pulumi/pulumi";
import { isRecord, type UnknownRecord } from "../provider/rule/record";
import { UNKNOWN } from "../provider/rule/unknown";

/** The inputs of a resource as a provider's check receives them: secrets as plain values, unknown values as a text. */
export function plainInputs(inputs: unknown): UnknownRecord {
  const plain = plainValue(inputs);
  return isRecord(plain) ? plain : {};
}

function plainValue(value: unknown): unknown {
  // Except in a preview, mocks receive an unknown value as `undefined`. They do not receive absent properties at all.
  if (value === undefined || pulumi.isUnknown(value)) return UNKNOWN;
  if (pulumi.runtime.isRpcSecret(value)) return plainValue(pulumi.runtime.unwrapRpcSecret(value));
  if (Array.isArray(value)) return value.map(plainValue);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plainValue(part)]));
}
