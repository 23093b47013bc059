import * as pulumi from "@pulumi/pulumi";
import { quote } from "../rule/failure";
import { isGiven } from "../rule/record";
import { isWarningKind, WARNING_KINDS, type WarningKind } from "../rule/warnings";

/** The warnings that are meant; anything else fails the program, as the warning would go on. */
export function silenced(where: string, silence: unknown): ReadonlySet<WarningKind> {
  if (!isGiven(silence)) return new Set();
  if (Array.isArray(silence) && silence.every(isWarningKind)) return new Set(silence);
  const what = Array.isArray(silence)
    ? `holds ${quote(silence.find((kind) => !isWarningKind(kind)))}, which is no warning`
    : "is no list";
  const kinds = WARNING_KINDS.map((kind) => `"${kind}"`).join(", ");
  throw new pulumi.RunError(`${where}: "silence" ${what}: list any of ${kinds}, or leave it out`);
}
