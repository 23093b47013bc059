import {
  type Draft,
  freshName,
  freshRule,
  put,
  take,
  takingOver,
  untouchedSet,
  untouchedSingle,
} from "./draft";
import { type Edit, hasForeign, sharedGroup, single } from "./edits";
import { anyDescription, anyTags, keyOf, type SoakRule } from "./rules";
import { exclusiveOn, type Resource, type RuleSet, resourcesOn, type Single } from "./world";

/** A new name for the same resource: no change. */
export const renameWithAlias: Edit = (draft) => {
  const found = untouched(draft);
  if (found === undefined) return undefined;
  const { name, resource } = found;
  const next = freshName(draft, resource.kind);
  take(draft, name);
  put(draft, next, resource, { alias: name });
  draft.changed.delete(next);
  return `rename ${name} to ${next}, with an alias`;
};

/** A new resource with the rules of a deleted one. */
export const rename: Edit = (draft) => {
  const found = untouched(draft);
  if (found === undefined) return undefined;
  const { name, resource } = found;
  const next = freshName(draft, resource.kind);
  take(draft, name);
  const again = draft.random.chance(0.5) ? resource : resourceDescribedAgain(draft, resource);
  put(draft, next, again, takingOver(draft, resource.rules));
  return `rename ${name} to ${next}`;
};

/** Single rules of a group move into a new or existing set; a new one is exclusive if possible. */
export const moveIntoSet: Edit = (draft) => {
  const group = sharedGroup(draft);
  if (group === undefined) return undefined;
  const { random } = draft;
  const singles = untouchedSinglesOn(draft, group);
  const going = random.shuffled(singles).slice(0, random.pick([1, 2, 3, singles.length]));
  if (going.length === 0) return undefined;
  const rules = going.map(({ resource }) => resource.rules[0]);
  const into = random.chance(0.5) ? random.any(untouchedSetsOn(draft, group)) : undefined;
  for (const { name } of going) take(draft, name);
  const name = into?.name ?? freshName(draft, "set");
  const set = into?.resource ?? newSet(draft, group);
  put(draft, name, { ...set, rules: [...set.rules, ...rules] }, takingOver(draft, [...set.rules, ...rules]));
  const whose = set.exclusive ? ", which has the group to itself" : "";
  return `move ${going.map((one) => one.name).join(" ")} into ${name}${whose}`;
};

/** A set is deleted, and its rules continue as single ones. */
export const dissolveSet: Edit = (draft) => {
  const found = untouchedSet(draft);
  if (found === undefined) return undefined;
  const { name, resource } = found;
  if (resource.rules.length === 0) return undefined;
  take(draft, name);
  const names = resource.rules.map((rule) => {
    const next = freshName(draft, "single");
    put(draft, next, single(rule), takingOver(draft, [rule]));
    return next;
  });
  return `dissolve ${name} into ${names.join(" ")}`;
};

/** A rule leaves a set that stays, and continues as a single one. */
export const moveOutOfSet: Edit = (draft) => {
  const found = untouchedSet(draft);
  const rule = found && draft.random.any(found.resource.rules);
  if (found === undefined || rule === undefined || found.resource.exclusive) return undefined;
  const { name, resource } = found;
  put(draft, name, { ...resource, rules: resource.rules.filter((one) => one !== rule) });
  const next = freshName(draft, "single");
  put(draft, next, single(rule), takingOver(draft, [rule]));
  return `move a rule of ${name} to ${next}`;
};

/** Rules move from a set that stays to another set of the group, new or not. */
export const moveBetweenSets: Edit = (draft) => {
  const { random } = draft;
  const found = untouchedSet(draft);
  if (found === undefined || found.resource.exclusive || found.resource.rules.length === 0) return undefined;
  const { name, resource } = found;
  const going = random.shuffled(resource.rules).slice(0, random.integer(1, 3));
  const others = untouchedSetsOn(draft, resource.group).filter((one) => one.name !== name);
  const into = random.any(others) ?? {
    name: freshName(draft, "set"),
    resource: { ...resource, rules: [] },
  };
  put(draft, name, { ...resource, rules: resource.rules.filter((one) => !going.includes(one)) });
  const rules = [...into.resource.rules, ...going];
  put(draft, into.name, { ...into.resource, rules }, takingOver(draft, rules));
  return `move ${going.length} rules of ${name} to ${into.name}`;
};

/** The program takes over a rule that a person or another stack created. */
export const adoptStranger: Edit = (draft) => {
  const free = draft.strangers.filter(
    ({ rule, id }) =>
      id !== undefined &&
      !draft.byHand.has(keyOf(rule.model)) &&
      exclusiveOn(draft.resources, rule.model.group) === undefined,
  );
  const stranger = draft.random.any(free);
  if (stranger?.id === undefined) return undefined;
  const { id, claim, rule } = stranger;
  draft.strangers = draft.strangers.filter((one) => one !== stranger);
  const name = freshName(draft, "single");
  // A rule that another stack claims can only be adopted by its id.
  const adopt = claim !== undefined || draft.random.chance(0.5) ? id : true;
  put(draft, name, single(describedAgain(draft, rule)), { adopt });
  return `adopt ${id} as ${name}`;
};

/** Two single rules of a group swap identities. */
export const swapRules: Edit = (draft) => {
  const one = untouchedSingle(draft);
  if (one === undefined) return undefined;
  const others = untouchedSinglesOn(draft, one.resource.group).filter(({ name }) => name !== one.name);
  const other = draft.random.any(others);
  if (other === undefined) return undefined;
  put(draft, one.name, other.resource, takingOver(draft, other.resource.rules));
  put(draft, other.name, one.resource, takingOver(draft, one.resource.rules));
  return `swap the rules of ${one.name} and ${other.name}`;
};

/** A loop names its rules by list position; one is removed or inserted, and all later ones shift. */
export const shiftList: Edit = (draft) => {
  const { random } = draft;
  const group = random.any(draft.groups.filter((one) => untouchedSinglesOn(draft, one).length > 1));
  if (group === undefined) return undefined;
  const list = untouchedSinglesOn(draft, group);
  const names = list.map(({ name }) => name);
  const rules = list.map(({ resource }) => resource.rules[0]);
  if (random.chance(0.5)) {
    const out = random.integer(0, list.length - 2);
    shift(draft, names.slice(out, -1), rules.slice(out + 1));
    const [last] = names.slice(-1);
    if (last !== undefined) take(draft, last);
    return `take the rule of ${names[out]} out of ${names.join(" ")}`;
  }
  const next = freshName(draft, "single");
  shift(draft, [...names, next], [freshRule(draft, group), ...rules]);
  return `put a rule in front of ${names.join(" ")}, and ${next} is the last`;
};

function shift(draft: Draft, names: readonly string[], rules: readonly SoakRule[]): void {
  for (const [place, name] of names.entries()) {
    const rule = rules[place];
    if (rule !== undefined) put(draft, name, single(rule), takingOver(draft, [rule]));
  }
}

function untouched(draft: Draft): { name: string; resource: Resource } | undefined {
  return draft.random.chance(0.6) ? untouchedSingle(draft) : untouchedSet(draft);
}

function untouchedSinglesOn(draft: Draft, group: string): { name: string; resource: Single }[] {
  return [...draft.resources].flatMap(([name, resource]) =>
    resource.kind === "single" && resource.group === group && !draft.touched.has(name)
      ? [{ name, resource }]
      : [],
  );
}

function untouchedSetsOn(draft: Draft, group: string): { name: string; resource: RuleSet }[] {
  return [...draft.resources].flatMap(([name, resource]) =>
    resource.kind === "set" && resource.group === group && !draft.touched.has(name)
      ? [{ name, resource }]
      : [],
  );
}

function newSet(draft: Draft, group: string): RuleSet {
  const isAlone = resourcesOn(draft.resources, group).length === 0 && !hasForeign(draft, group);
  const exclusive = isAlone && draft.random.chance(0.4);
  const restoreDefault = exclusive && draft.random.chance(0.4);
  return { kind: "set", group, rules: [], exclusive, restoreDefault };
}

function resourceDescribedAgain(draft: Draft, resource: Resource): Resource {
  if (resource.kind === "single") return single(describedAgain(draft, resource.rules[0]));
  return { ...resource, rules: resource.rules.map((rule) => describedAgain(draft, rule)) };
}

function describedAgain({ random }: Draft, rule: SoakRule): SoakRule {
  return { ...rule, description: anyDescription(random), tags: anyTags(random) };
}
