import { READERS } from "./readers";
import type { Resource } from "./resource";
import type { Preview, Step } from "./step";

/** The resources of a program before and after a change. A resource that does not change is the same object in both. */
export interface Change {
  readonly before: readonly Resource[];
  readonly after: readonly Resource[];
  /** The resources that leave the state. */
  readonly deleted: readonly Resource[];
}

/** Applies a preview to the resources of a state, or without a state to those that the preview reports. */
export function changeOf(state: readonly Resource[], steps: Preview["steps"]): Change {
  const before = new Map(state.filter((one) => !one.pendingDelete).map((one) => [one.urn, one]));
  // EC2 has these until the next `up`, in addition to their replacements.
  const replaced = state.filter((one) => one.pendingDelete);
  for (const step of steps) settle(step, before);
  const after = new Map(before);
  const deleted = new Map<string, Resource>();
  for (const step of steps) {
    const old = take(step, after);
    // Event streams report a replacement twice: when it begins, and as the replacement itself.
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
/** Steps that finish a replacement. An earlier step has already reported it. */
const ENDS_REPLACEMENT: ReadonlySet<string> = new Set([
  "delete-replaced",
  "discard-replaced",
  "remove-pending-replace",
]);

/** Corrects the resources before the change with what a step reports about them. */
function settle({ op, urn, old, new: now }: Step, before: Map<string, Resource>): void {
  if (op === "refresh") {
    // EC2 differs from the state, and no later step shows that the program changes that.
    if (now === undefined) before.delete(urn);
    else before.set(urn, now);
  } else if (op.startsWith("import")) {
    // EC2 already has the resource, so an import opens nothing.
    if (now !== undefined) before.set(urn, now);
  } else if (NO_CHANGE.has(op)) {
    const there = now ?? old;
    if (there !== undefined && !before.has(old?.urn ?? urn)) before.set(urn, there);
  } else if (old !== undefined && !ENDS_REPLACEMENT.has(op) && !isPending(op, old)) {
    before.set(old.urn, { ...old, pendingDelete: false });
  }
}

/** Applies a step, and returns the resource that it deletes. */
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

/** Whether a step deletes a resource that was already replaced. Its URN now belongs to the replacement. */
function isPending(op: string, { pendingDelete }: Resource): boolean {
  return op === "delete" && pendingDelete;
}

/** Whether the rules remain in EC2 after the delete. If a group is replaced, the old group no longer counts. */
function isLeftBehind({ type, retainOnDelete }: Resource, isReplaced: boolean): boolean {
  return retainOnDelete || (!isReplaced && READERS.get(type)?.isLeftBehind === true);
}
