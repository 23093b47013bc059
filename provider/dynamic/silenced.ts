import * as pulumi from "@pulumi/pulumi";
import { quote } from "../rule/failure";
import { isGiven } from "../rule/record";
import { isWarningKind, WARNING_KINDS, type WarningKind } from "../rule/warnings";

/** The silenced warnings; anything else fails the program, because the warning would continue. */
export function silenced(where: string, silence: unknown): ReadonlySet<WarningKind> {
  if (!isGiven(silence)) return new Set();
  if (Array.isArray(silence) && silence.every(isWarningKind)) return new Set(silence);
  const what = Array.isArray(silence)
    ? `contains ${quote(silence.find((kind) => !isWarningKind(kind)))}, which is not a warning`
    : "is not a list";
  const kinds = WARNING_KINDS.map((kind) => `"${kind}"`).join(", ");
  throw new pulumi.RunError(`${where}: "silence" ${what}: use any of ${kinds}, or remove it`);
}
