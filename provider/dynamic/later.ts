import * as pulumi from "@pulumi/pulumi";
import { isRecord } from "../rule/record";
import { UNKNOWN } from "../rule/unknown";

/** Whether a value is known only later. */
export function isLater<T>(value: pulumi.Input<T>): value is pulumi.Output<T> | Promise<T>;
export function isLater(value: unknown): value is pulumi.Output<unknown> | Promise<unknown>;
export function isLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** The arguments, with every Output unknown. */
export function knownPart(value: unknown): unknown {
  if (isLater(value) || pulumi.Resource.isInstance(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(knownPart);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, knownPart(part)]));
}
