import * as pulumi from "@pulumi/pulumi";
import { isLater } from "../provider/dynamic/later";
import { resourceText } from "../provider/dynamic/resourceText";
import { quote } from "../provider/rule/failure";
import { isGiven, isRecord } from "../provider/rule/record";

/** Fails the program over an argument that its type does not allow, as JavaScript and `any` let through. */
export function refuse(where: string, argument: string, value: unknown, remedy: string): never {
  throw new pulumi.RunError(
    `${where}: "${argument}" ${isGiven(value) ? `is ${described(value)}` : "is missing"}: ${remedy}`,
  );
}

/** What was given, for a person. */
export function described(value: unknown): string {
  if (pulumi.Output.isInstance(value)) return "an Output";
  if (value instanceof Promise) return "a Promise";
  if (pulumi.Resource.isInstance(value)) return resourceText(value);
  return typeof value === "function" ? "a function" : quote(value);
}

/** Whether this is a plain record, not an Output of one, nor a resource. */
export function isPlainRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return isRecord(value) && !isLater(value) && !pulumi.Resource.isInstance(value);
}
