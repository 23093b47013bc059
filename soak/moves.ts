import { type Draft, freshName, put, take, untouchedSet, untouchedSingle } from "./draft";
import { type Edit, sharedGroup, single } from "./edits";
import { anyDescription, anyTags, keyOf, type SoakRule } from "./rules";
import { exclusiveOn, type Resource, type Single } from "./world";

/** A new name for the same resource: no change at all. */
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

/** A new resource with the rules of one that goes. */
export const renameWithAdopt: Edit = (draft) => {
  const found = untouched(draft);
  if (found === undefined) return undefined;
  const { name, resource } = found;
  const next = freshName(draft, resource.kind);
  take(draft, name);
  put(draft, next, draft.random.chance(0.5) ? resource : resourceDescribedAgain(draft, resource), {
    adopt: true,
  });
  return `rename ${name} to ${next}, with adopt`;
};

/** Single rules of a group go into a set, new or not, which may be exclusive. */
export const moveIntoSet: Edit = (draft) => {
  const group = sharedGroup(draft);
  if (group === undefined) return undefined;
  const { random } = draft;
  const singles = [...draft.resources].flatMap(([name, resource]) =>
    resource.kind === "single" && resource.group === group && !draft.touched.has(name)
      ? [{ name, resource }]
      : [],
  );
  const going = random.shuffled(singles).slice(0, random.integer(1, 3));
  if (going.length === 0) return undefined;
  const rules = going.map(({ resource }) => resource.rules[0]);
  const sets = [...draft.resources].flatMap(([name, resource]) =>
    resource.kind === "set" && resource.group === group && !draft.touched.has(name)
      ? [{ name, resource }]
      : [],
  );
  const into = random.chance(0.5) ? random.any(sets) : undefined;
  for (const { name } of going) take(draft, name);
  const name = into?.name ?? freshName(draft, "set");
  const set = into?.resource ?? { kind: "set", group, rules: [], exclusive: false, restoreDefault: false };
  put(draft, name, { ...set, rules: [...set.rules, ...rules] }, { adopt: true });
  return `move ${going.map((one) => one.name).join(" ")} into ${name}`;
};

/** A set goes, and its rules go on as single ones. */
export const dissolveSet: Edit = (draft) => {
  const found = untouchedSet(draft);
  if (found === undefined) return undefined;
  const { name, resource } = found;
  if (resource.rules.length === 0) return undefined;
  take(draft, name);
  const names = resource.rules.map((rule) => {
    const next = freshName(draft, "single");
    put(draft, next, single(rule), { adopt: true });
    return next;
  });
  return `dissolve ${name} into ${names.join(" ")}`;
};

/** A rule leaves a set that stays, and goes on as a single one. */
export const moveOutOfSet: Edit = (draft) => {
  const found = untouchedSet(draft);
  const rule = found && draft.random.any(found.resource.rules);
  if (found === undefined || rule === undefined || found.resource.exclusive) return undefined;
  const { name, resource } = found;
  put(draft, name, { ...resource, rules: resource.rules.filter((one) => one !== rule) });
  const next = freshName(draft, "single");
  put(draft, next, single(rule), { adopt: true });
  draft.loose.add(keyOf(rule.model));
  return `move a rule of ${name} to ${next}`;
};

/** A rule that a person, or another stack, has made is taken over. */
export const adoptStranger: Edit = (draft) => {
  const free = draft.strangers.filter(
    ({ rule, id }) =>
      id !== undefined &&
      !draft.loose.has(keyOf(rule.model)) &&
      exclusiveOn(draft.resources, rule.model.group) === undefined,
  );
  const stranger = draft.random.any(free);
  if (stranger?.id === undefined) return undefined;
  const { id, mark, rule } = stranger;
  draft.strangers = draft.strangers.filter((one) => one !== stranger);
  const name = freshName(draft, "single");
  // What has another stack's mark is adopted by its id alone.
  const adopt = mark !== undefined || draft.random.chance(0.5) ? id : true;
  put(draft, name, single(describedAgain(draft, rule)), { adopt });
  return `adopt ${id} as ${name}`;
};

/**
 * Two single rules of a group change what they are with each other.
 *
 * Of one kind of destination: where each is replaced, and one has been renamed with aliases before, a trade that was
 * cut off ends at the next `up` with an error that asks for `adopt: true`.
 */
export const tradeRules: Edit = (draft) => {
  const one = untouchedSingle(draft);
  if (one === undefined) return undefined;
  const others = [...draft.resources].flatMap(([name, resource]) =>
    resource.kind === "single" &&
    resource.group === one.resource.group &&
    kindOf(resource) === kindOf(one.resource) &&
    name !== one.name &&
    !draft.touched.has(name)
      ? [{ name, resource }]
      : [],
  );
  const other = draft.random.any(others);
  if (other === undefined) return undefined;
  for (const { resource } of [one, other]) draft.loose.add(keyOf(resource.rules[0].model));
  put(draft, one.name, other.resource);
  put(draft, other.name, one.resource);
  return `trade the rules of ${one.name} and ${other.name}`;
};

function untouched(draft: Draft): { name: string; resource: Resource } | undefined {
  return draft.random.chance(0.6) ? untouchedSingle(draft) : untouchedSet(draft);
}

function resourceDescribedAgain(draft: Draft, resource: Resource): Resource {
  if (resource.kind === "single") return single(describedAgain(draft, resource.rules[0]));
  return { ...resource, rules: resource.rules.map((rule) => describedAgain(draft, rule)) };
}

function describedAgain({ random }: Draft, rule: SoakRule): SoakRule {
  return { ...rule, description: anyDescription(random), tags: anyTags(random) };
}

function kindOf({ rules: [rule] }: Single): string {
  return rule.model.destination.kind;
}
