/**
 * The text by which Pulumi's engine passes a value that is unknown before `pulumi up`.
 *
 * Equal to `pulumi.runtime.unknownValue`; repeated here so that this folder needs no Pulumi import.
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export type Unknown = typeof UNKNOWN;

export function isUnknown(value: unknown): value is Unknown {
  return value === UNKNOWN;
}

/** Whether a value is known in full, including every tag. */
export function isKnown(value: object): boolean {
  return !JSON.stringify(value).includes(UNKNOWN);
}
