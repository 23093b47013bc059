import { READERS } from "./readers";
import type { Resource } from "./resource";
import type { Preview, Step } from "./step";

/** The resources of a program before a change and after it. What does not change is the same object in both. */
export interface Change {
  readonly before: readonly Resource[];
  readonly after: readonly Resource[];
  /** What the program lets go of. */
  readonly deleted: readonly Resource[];
}

/** Carries out a preview on the resources of a state; without one, on those that the preview tells of. */
export function changeOf(state: readonly Resource[], steps: Preview["steps"]): Change {
  const before = new Map(state.filter((one) => !one.pendingDelete).map((one) => [one.urn, one]));
  // They are in EC2 until the next `up`, beside what has taken their place.
  const replaced = state.filter((one) => one.pendingDelete);
  for (const step of steps) settle(step, before);
  const after = new Map(before);
  const deleted = new Map<string, Resource>();
  for (const step of steps) {
    const old = take(step, after);
    // Events tell the beginning of a replacement and the replacement itself.
    if (old !== undefined) deleted.set(old.urn, old);
  }
  const gone = [...deleted.values()];
  const leftBehind = [...replaced, ...gone].filter((one) => isLeftBehind(one, after.has(one.urn)));
  return {
    before: [...before.values(), ...replaced],
    after: [...after.values(), ...leftBehind],
    deleted: gone,
  };
}

const NO_CHANGE: ReadonlySet<string> = new Set(["same", "read", "refresh"]);
const REPLACES: ReadonlySet<string> = new Set(["replace", "create-replacement", "import-replacement"]);
/** What is done at the end of a replacement, of which another step has told already. */
const ENDS_REPLACEMENT: ReadonlySet<string> = new Set([
  "delete-replaced",
  "discard-replaced",
  "remove-pending-replace",
]);

/** Corrects what there is before the change by what a step has found of it. */
function settle({ op, urn, old, new: now }: Step, before: Map<string, Resource>): void {
  if (op === "refresh") {
    // Found in EC2 another than state has it, and there is nothing to show that the program will do about that.
    if (now === undefined) before.delete(urn);
    else before.set(urn, now);
  } else if (op.startsWith("import")) {
    // It is there already: taking it into the state opens nothing.
    if (now !== undefined) before.set(urn, now);
  } else if (NO_CHANGE.has(op)) {
    const there = now ?? old;
    if (there !== undefined && !before.has(old?.urn ?? urn)) before.set(urn, there);
  } else if (old !== undefined && !ENDS_REPLACEMENT.has(op) && !isPending(op, old)) {
    before.set(old.urn, { ...old, pendingDelete: false });
  }
}

/** Carries out a step, and returns what goes by it. */
function take({ op, urn, old, new: now }: Step, after: Map<string, Resource>): Resource | undefined {
  if (NO_CHANGE.has(op) || op.startsWith("import") || ENDS_REPLACEMENT.has(op)) return undefined;
  if (now !== undefined) {
    if (old !== undefined && old.urn !== urn) after.delete(old.urn);
    after.set(urn, now);
    return REPLACES.has(op) ? old : undefined;
  }
  if (old === undefined || isPending(op, old)) return undefined;
  after.delete(old.urn);
  return old;
}

/** A resource that waited to be deleted: what has its name now is another. */
function isPending(op: string, { pendingDelete }: Resource): boolean {
  return op === "delete" && pendingDelete;
}

/** Whether EC2 keeps it; a group that another has taken the place of is no longer the one that is meant. */
function isLeftBehind({ type, retainOnDelete }: Resource, isReplaced: boolean): boolean {
  return retainOnDelete || (!isReplaced && READERS.get(type)?.isLeftBehind === true);
}
