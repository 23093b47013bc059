import { OWN_PACKAGE } from "../ownPackage";
import type { Failure } from "../rule/failure";
import { type FromProgram, readFromProgram } from "../rule/fromProgram";
import { otherCopyText } from "../rule/packageCopy";
import { isRecord } from "../rule/record";

/** Fails a check, along with what the program found wrong elsewhere: the engine stops after this one. */
export function refused(news: unknown, failures: readonly Failure[]) {
  const inputs = isRecord(news) ? { ...news } : {};
  const { alsoWrong } = readFromProgram(inputs.__program);
  return { inputs, failures: [...failures, ...aboutAll(alsoWrong)] };
}

/** A failure that concerns no single property. */
export function aboutAll(reason: string | undefined): Failure[] {
  return reason === undefined ? [] : [{ property: "", reason }];
}

/** Report nothing else: arguments from another version may mean something different to this one. */
export function ofOtherVersion(program: Partial<FromProgram>): Failure[] {
  return aboutAll(program.package && otherCopyText(program.package, OWN_PACKAGE));
}

/** Whether a resource has no state yet. */
export function isNew(olds: unknown): boolean {
  return !isRecord(olds) || olds.securityGroupId === undefined;
}
