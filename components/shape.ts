import * as pulumi from "@pulumi/pulumi";
import { isLater } from "../provider/dynamic/later";
import { resourceText } from "../provider/dynamic/resourceText";
import { quote } from "../provider/rule/failure";
import { isGiven, isRecord } from "../provider/rule/record";

/** Fails the program on a value that the argument's type does not allow, but JavaScript and `any` do. */
export function refuse(where: string, argument: string, value: unknown, remedy: string): never {
  throw new pulumi.RunError(
    `${where}: "${argument}" ${isGiven(value) ? `is ${described(value)}` : "is required"}: ${remedy}`,
  );
}

/** Describes a value in an error. */
export function described(value: unknown): string {
  if (pulumi.Output.isInstance(value)) return "an Output";
  if (value instanceof Promise) return "a Promise";
  if (pulumi.Resource.isInstance(value)) return resourceText(value);
  return typeof value === "function" ? "a function" : quote(value);
}

/** Whether the value is a plain record, and neither an Output nor a resource. */
export function isPlainRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return isRecord(value) && !isLater(value) && !pulumi.Resource.isInstance(value);
}
