import * as pulumi from "@pulumi/pulumi";

/** Whether a value is known only later. */
export function isLater<T>(value: pulumi.Input<T>): value is pulumi.Output<T> | Promise<T>;
export function isLater(value: unknown): value is pulumi.Output<unknown> | Promise<unknown>;
export function isLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}
