import type { Failure } from "../rule/failure";
import { readFromProgram } from "../rule/fromProgram";
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

/** Whether a resource has no state yet. */
export function isNew(olds: unknown): boolean {
  return !isRecord(olds) || olds.securityGroupId === undefined;
}
