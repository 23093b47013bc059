import { isRecord } from "../../provider/rule/record";
import { UNKNOWN } from "../../provider/rule/unknown";

/** Whether Pulumi marks a value as secret, in an export or in a preview. */
export function isSecret(value: unknown): boolean {
  return value === SHOWN || (isRecord(value) && value[SIGNATURE] === SECRET);
}

/**
 * Replaces what is secret or cannot be read with an unknown.
 *
 * This includes secrets that an export contains in plain text: no command may print them.
 */
export function known(value: unknown): unknown {
  if (isSecret(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(known);
  if (!isRecord(value)) return value;
  const signature = value[SIGNATURE];
  if (signature === OUTPUT && value.secret !== true && value.value !== undefined) return known(value.value);
  if (signature !== undefined) return UNKNOWN;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, known(part)]));
}

/** How `pulumi preview` shows a secret. */
const SHOWN = "[secret]";

// Sources: sdk/go/common/resource/sig, and sdk/nodejs/runtime/rpc.ts of pulumi/pulumi.
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
