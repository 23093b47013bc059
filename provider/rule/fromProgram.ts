import { type LaterNames, readLaterNames } from "./laterNames";
import type { PackageCopy } from "./packageCopy";
import { isRecord, type UnknownRecord } from "./record";
import { isWarningKind, type WarningKind } from "./warnings";

/** What a program tells the check of one of its resources: the input `__program`, which goes no further than that. */
export interface FromProgram {
  readonly urn: string;
  /** The copy of this package that the program has the resource from. */
  readonly package: PackageCopy;
  /** Whether the program runs for a preview, in which nothing is made. */
  readonly preview?: boolean;
  /** The warnings that are meant. */
  readonly silence: readonly WarningKind[];
  /** What only an Output will tell, by name, so that two resources can be compared before it does. */
  readonly later: LaterNames;
  /** What is wrong where the program's rules for the group are more than the quota: it alone has the sum of all. */
  readonly overQuota?: string;
  /** The rules that other resources of the program declare on a set's group: each one's identities in it, by its URN. */
  readonly beside?: Beside;
  /** What is wrong with others, to be reported along with this one, as the engine goes no further after it. */
  readonly alsoWrong?: string;
}

export type Beside = { readonly [urn: string]: readonly string[] };

/** Reads it; without a program, as for a host of another language, nothing is told. */
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

/** The name of a resource in its URN; it may hold `::` itself. */
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
