import { declaredMark } from "../ec2/mark";
import { isRecord } from "../rule/record";

/** The resources that the program has declared: their inputs, and their marks, by the host of their run of the engine. */
const declared = new WeakMap<object, Set<string>>();
const marks = new WeakMap<object, Set<string>>();

/** Notes the mark of a resource, whether or not check finds its arguments good. */
export function noteDeclaredMark(host: object, owner: string): void {
  marks.set(host, (marks.get(host) ?? new Set()).add(owner));
}

/** Whether the program declares a resource that goes by this mark, renewed or not. */
export function isMarkDeclared(host: object, owner: string | undefined): boolean {
  return owner !== undefined && marks.get(host)?.has(declaredMark(owner)) === true;
}

/** Notes what check has made of the arguments of a resource. */
export function noteDeclared(host: object, inputs: object): void {
  declared.set(host, (declared.get(host) ?? new Set()).add(textOf(inputs)));
}

/**
 * Whether the program declares a resource with these inputs.
 *
 * The engine compares what a refresh has read with the state as well, also of what is no longer declared, and then goes
 * on with the same provider (`--refresh`).
 */
export function isDeclared(host: object, inputs: object): boolean {
  return declared.get(host)?.has(textOf(inputs)) === true;
}

/** The inputs as text, whatever order their properties have come in. */
function textOf(inputs: object): string {
  return JSON.stringify(inputs, (_, value: unknown) =>
    isRecord(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
