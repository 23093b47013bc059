import { OWN_PACKAGE } from "../ownPackage";
import type { Failure } from "../rule/failure";
import { type FromProgram, readFromProgram } from "../rule/fromProgram";
import { otherCopyText } from "../rule/packageCopy";
import { isRecord } from "../rule/record";

/** A check that refuses, with what the program has found wrong elsewhere: the engine goes no further after this one. */
export function refused(news: unknown, failures: readonly Failure[]) {
  const inputs = isRecord(news) ? { ...news } : {};
  const { alsoWrong } = readFromProgram(inputs.__program);
  return { inputs, failures: [...failures, ...aboutAll(alsoWrong)] };
}

/** What is about no one property. */
export function aboutAll(reason: string | undefined): Failure[] {
  return reason === undefined ? [] : [{ property: "", reason }];
}

/** Arguments of another version may mean something else to this one, so that nothing more can be said of them. */
export function ofOtherVersion(program: Partial<FromProgram>): Failure[] {
  return aboutAll(program.package && otherCopyText(program.package, OWN_PACKAGE));
}

/** Whether a resource has no state yet. */
export function isNew(olds: unknown): boolean {
  return !isRecord(olds) || olds.securityGroupId === undefined;
}
