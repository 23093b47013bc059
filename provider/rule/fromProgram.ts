import { type LaterNames, readLaterNames } from "./laterNames";
import type { PackageCopy } from "./packageCopy";
import { isRecord, type UnknownRecord } from "./record";
import { isWarningKind, type WarningKind } from "./warnings";

/** What a program passes to the check of one of its resources: the input `__program`, which check removes. */
export interface FromProgram {
  readonly urn: string;
  /** The copy of this package that the program imports. */
  readonly package: PackageCopy;
  /** Whether the program runs for a preview. */
  readonly preview?: boolean;
  /** The warnings to silence. */
  readonly silence: readonly WarningKind[];
  /** Names for values that only Outputs will give, to compare resources before then. */
  readonly later: LaterNames;
  /** The failure if the program's rules for the group exceed the quota: only the program can sum them up. */
  readonly overQuota?: string;
  /** The rules that other resources of the program declare on a set's group: their identities within it, by URN. */
  readonly beside?: Beside;
  /** Failures of other resources, to report along with this one, because the engine stops after it. */
  readonly alsoWrong?: string;
}

export type Beside = { readonly [urn: string]: readonly string[] };

/** Reads it; empty without a program, such as under a host of another language. */
export function readFromProgram(value: unknown): Partial<FromProgram> {
  if (!isRecord(value)) return {};
  const { urn, preview, silence, later, overQuota, beside, alsoWrong } = value;
  const copy = readPackageCopy(value.package);
  return {
    ...(typeof urn === "string" && { urn }),
    ...(copy && { package: copy }),
    ...(preview === true && { preview }),
    ...(Array.isArray(silence) && { silence: silence.filter(isWarningKind) }),
    later: readLaterNames(later),
    ...(typeof overQuota === "string" && { overQuota }),
    ...(isRecord(beside) && { beside: readBeside(beside) }),
    ...(typeof alsoWrong === "string" && { alsoWrong }),
  };
}

/** The name of a resource in its URN; the name itself may contain `::`. */
export function nameIn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function readBeside(given: UnknownRecord): Beside {
  const texts = (value: unknown) =>
    Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  return Object.fromEntries(Object.entries(given).map(([urn, identities]) => [urn, texts(identities)]));
}

function readPackageCopy(value: unknown): PackageCopy | undefined {
  if (!isRecord(value)) return undefined;
  const { version, folder } = value;
  return typeof version === "string" && typeof folder === "string" ? { version, folder } : undefined;
}
