import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut, AllowKafkaOut, AllowPostgresOut } from "pulumi-aws-egress";

/** The services that configuration may name. Any other needs a change of the program, and its review. */
export const SERVICES = {
  https: AllowHttpsOut,
  kafka: AllowKafkaOut,
  postgres: AllowPostgresOut,
} as const;

/** A destination that an environment allows. */
export interface Destination {
  readonly name: string;
  readonly service: keyof typeof SERVICES;
  readonly to: readonly string[];
  readonly description: string;
}

/** The destinations in a stack's configuration, which nothing has checked before. */
export function parseDestinations(value: unknown): Destination[] {
  if (!isRecord(value)) throw new pulumi.RunError("destinations: give a record of them, by name");
  return Object.entries(value).map(([name, entry]) => parseDestination(name, entry));
}

function parseDestination(name: string, entry: unknown): Destination {
  const { service, to, description, ...others } = isRecord(entry) ? entry : {};
  const wrong = (what: string) => new pulumi.RunError(`destinations.${name}${what}`);
  if (!isService(service)) throw wrong(`.service: give one of ${Object.keys(SERVICES).join(", ")}`);
  if (!isTexts(to)) throw wrong(".to: give a list of CIDRs, groups or prefix lists");
  if (typeof description !== "string") throw wrong(".description: say why, for the next person who asks");
  // Otherwise a misspelled key would be ignored.
  for (const key of Object.keys(others)) throw wrong(`.${key}: there is no such key`);
  return { name, service, to, description };
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isService(value: unknown): value is keyof typeof SERVICES {
  return typeof value === "string" && Object.hasOwn(SERVICES, value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
