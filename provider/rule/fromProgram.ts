import { isRecord } from "./record";
import { isWarningKind, type WarningKind } from "./warnings";

/** What a program tells the check of one of its resources: the input `__program`, which goes no further than that. */
export interface FromProgram {
  readonly urn: string;
  /** The warnings that are meant. */
  readonly silence: readonly WarningKind[];
  /** Why the resource has to be refused, beside others of the program. */
  readonly refused?: string;
  /** The rules that other resources of the program declare on a set's group, by their identity in it. */
  readonly beside?: readonly string[];
  /** What is wrong with others, to be reported along with this one, as the engine goes no further after it. */
  readonly alsoWrong?: string;
}

/** Reads it; without a program, as for a host of another language, nothing is told. */
export function readFromProgram(value: unknown): Partial<FromProgram> {
  if (!isRecord(value)) return {};
  const { urn, silence, refused, beside, alsoWrong } = value;
  return {
    ...(typeof urn === "string" && { urn }),
    ...(Array.isArray(silence) && { silence: silence.filter(isWarningKind) }),
    ...(typeof refused === "string" && { refused }),
    ...(Array.isArray(beside) && { beside: beside.filter((one) => typeof one === "string") }),
    ...(typeof alsoWrong === "string" && { alsoWrong }),
  };
}
