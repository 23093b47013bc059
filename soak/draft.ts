import type { Declared } from "./program";
import type { Random } from "./random";
import { anyDescription, anyModel, anyTags, keyOf, type Places, type SoakRule } from "./rules";
import { expectedRules, type Resource, type RuleSet, type Single, type Stranger, type World } from "./world";

/** The world during one step, while the step is planned. */
export interface Draft {
  readonly random: Random;
  readonly places: Places;
  readonly groups: readonly string[];
  readonly before: World;
  readonly resources: Map<string, Resource>;
  strangers: Stranger[];
  /** How resources are declared in this step only. */
  readonly declared: Map<string, Declared>;
  /** Resources already used: each changes once in a step. */
  readonly touched: Set<string>;
  /** The resources that an `up` must change; it must leave all others. */
  readonly changed: Set<string>;
  /** The rules changed by hand: once in a step is enough. */
  readonly byHand: Set<string>;
  /** Those revoked or modified by hand: the program must create them again. */
  readonly lost: Set<string>;
  /** Those whose claim was removed by hand: taking one over requires adopt. */
  readonly unclaimed: Set<string>;
  /** The identities in use, in EC2 now or in the plan. */
  readonly taken: Set<string>;
  /** The events of the step, for a report. */
  readonly notes: string[];
}

export function newDraft(random: Random, before: World, groups: readonly string[], places: Places): Draft {
  return {
    random,
    places,
    groups,
    before,
    resources: new Map(before.resources),
    strangers: [...before.strangers],
    declared: new Map(),
    touched: new Set(),
    changed: new Set(),
    byHand: new Set(),
    lost: new Set(),
    unclaimed: new Set(),
    taken: new Set(expectedRules(before).map(({ key }) => key)),
    notes: [],
  };
}

/** A free rule of a group, reserved from now on. */
export function freshRule(draft: Draft, group: string): SoakRule {
  const { random, places } = draft;
  const model = firstFree(draft, () => anyModel(random, group, places));
  if (model === undefined) throw new Error(`All rules of ${group} are in use`);
  return { model, description: anyDescription(random), tags: anyTags(random) };
}

/** The first free rule of several, reserved from now on; undefined if many tries find none. */
export function firstFree(
  draft: Draft,
  next: () => SoakRule["model"] | undefined,
): SoakRule["model"] | undefined {
  for (let tried = 0; tried < 40; tried++) {
    const model = next();
    if (model === undefined) return undefined;
    const key = keyOf(model);
    if (draft.taken.has(key)) continue;
    draft.taken.add(key);
    return model;
  }
  return undefined;
}

const MOST_NAMES = 99;

/** A name that no resource has now or had just before; older ones return. */
export function freshName(draft: Draft, kind: Resource["kind"]): string {
  const names = Array.from({ length: MOST_NAMES }, (_, place) => `${kind}-${place + 1}`);
  const free = names.filter((name) => !draft.resources.has(name) && !draft.before.resources.has(name));
  return draft.random.pick(free);
}

/** A resource without a planned change; undefined if there is none. */
export function untouchedSingle(draft: Draft): { name: string; resource: Single } | undefined {
  const some = [...draft.resources].flatMap(([name, resource]) =>
    resource.kind === "single" && !draft.touched.has(name) ? [{ name, resource }] : [],
  );
  return draft.random.any(some);
}

export function untouchedSet(draft: Draft): { name: string; resource: RuleSet } | undefined {
  const some = [...draft.resources].flatMap(([name, resource]) =>
    resource.kind === "set" && !draft.touched.has(name) ? [{ name, resource }] : [],
  );
  return draft.random.any(some);
}

/** Adds a resource to the program, or replaces one. */
export function put(draft: Draft, name: string, resource: Resource, declared?: Declared): void {
  draft.resources.set(name, resource);
  draft.touched.add(name);
  draft.changed.add(name);
  if (declared) draft.declared.set(name, declared);
}

export function take(draft: Draft, name: string): void {
  draft.resources.delete(name);
  draft.touched.add(name);
}

/** How a resource that takes over others' rules is declared: rules of its own stack need no extra argument. */
export function takingOver({ unclaimed }: Draft, rules: readonly SoakRule[]): Declared {
  return rules.some(({ model }) => unclaimed.has(keyOf(model))) ? { adopt: true } : {};
}
