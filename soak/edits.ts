import {
  type Draft,
  firstFree,
  freshName,
  freshRule,
  put,
  take,
  untouchedSet,
  untouchedSingle,
} from "./draft";
import { anyDescription, anyTags, keyOf, type SoakRule, withOtherPlace, withOtherPorts } from "./rules";
import { exclusiveOn, resourcesOn, type Single } from "./world";

/** One change of a program; returns a description, or undefined if nothing could change. */
export type Edit = (draft: Draft) => string | undefined;

export const addSingle: Edit = (draft) => {
  const group = sharedGroup(draft);
  if (group === undefined) return undefined;
  const name = freshName(draft, "single");
  put(draft, name, single(freshRule(draft, group)));
  return `add ${name}`;
};

export const addSet: Edit = (draft) => {
  const { random } = draft;
  const exclusive = random.chance(0.5);
  const group = exclusive ? emptyGroup(draft) : sharedGroup(draft);
  if (group === undefined) return undefined;
  const name = freshName(draft, "set");
  const rules = Array.from({ length: random.integer(0, 6) }, () => freshRule(draft, group));
  const restoreDefault = exclusive && random.chance(0.4);
  put(draft, name, { kind: "set", group, rules, exclusive, restoreDefault });
  return `add ${name}${exclusive ? ", exclusive" : ""}`;
};

export const removeOne: Edit = (draft) => {
  const found = draft.random.chance(0.7) ? untouchedSingle(draft) : untouchedSet(draft);
  if (found === undefined) return undefined;
  take(draft, found.name);
  return `remove ${found.name}`;
};

/** Ports, description, tags, or a destination of the same kind or another. */
export const changeSingle: Edit = (draft) => {
  const found = untouchedSingle(draft);
  if (found === undefined) return undefined;
  const rule = changedRule(draft, found.resource.rules[0]);
  if (rule === undefined) return undefined;
  put(draft, found.name, single(rule));
  return `change ${found.name}`;
};

export const changeSet: Edit = (draft) => {
  const found = untouchedSet(draft);
  if (found === undefined) return undefined;
  const { random } = draft;
  const { name, resource } = found;
  const kept = resource.rules.filter(() => random.chance(0.8));
  const changed = kept.map((rule) => (random.chance(0.4) ? (changedRule(draft, rule) ?? rule) : rule));
  const more = Array.from({ length: random.integer(0, 2) }, () => freshRule(draft, resource.group));
  const rules = [...changed, ...more];
  if (
    more.length === 0 &&
    rules.every((rule) => resource.rules.includes(rule)) &&
    rules.length === resource.rules.length
  )
    return undefined;
  put(draft, name, { ...resource, rules });
  return `change ${name}`;
};

/** Replaces it: the new group's rule comes before the old one's goes. */
export const moveToGroup: Edit = (draft) => {
  const { random } = draft;
  const found = random.chance(0.6) ? untouchedSingle(draft) : untouchedSet(draft);
  if (found === undefined) return undefined;
  const { name, resource } = found;
  const exclusive = resource.kind === "set" && resource.exclusive;
  const group = exclusive ? emptyGroup(draft) : sharedGroup(draft);
  if (group === undefined || group === resource.group) return undefined;
  const moved = resource.rules.map((rule) => {
    const model = firstFree(draft, () => ({ ...rule.model, group }));
    return model ? { ...rule, model } : freshRule(draft, group);
  });
  const [first] = moved;
  if (resource.kind === "set") put(draft, name, { ...resource, group, rules: moved });
  else if (first) put(draft, name, single(first));
  return `move ${name} from ${resource.group} to ${group}`;
};

export const switchExclusive: Edit = (draft) => {
  const found = untouchedSet(draft);
  if (found === undefined) return undefined;
  const { name, resource } = found;
  if (resource.exclusive) {
    put(draft, name, { ...resource, exclusive: false, restoreDefault: false });
    return `${name} is exclusive no longer`;
  }
  // No one else may have rules on it; unclaimed ones are revoked.
  const isAlone = resourcesOn(draft.resources, resource.group).every((one) => one === name);
  if (!isAlone || hasForeign(draft, resource.group)) return undefined;
  put(draft, name, { ...resource, exclusive: true, restoreDefault: draft.random.chance(0.4) });
  return `${name} becomes exclusive`;
};

export const switchRestoreDefault: Edit = (draft) => {
  const found = untouchedSet(draft);
  if (!found?.resource.exclusive) return undefined;
  const restoreDefault = !found.resource.restoreDefault;
  put(draft, found.name, { ...found.resource, restoreDefault });
  return `${found.name} ${restoreDefault ? "will leave" : "will not leave"} the group open`;
};

export const removeAll: Edit = (draft) => {
  if (draft.touched.size > 0 || draft.random.chance(0.9)) return undefined;
  for (const name of [...draft.resources.keys()]) take(draft, name);
  return "remove all";
};

export function single(rule: SoakRule): Single {
  return { kind: "single", group: rule.model.group, rules: [rule] };
}

/** A group without an exclusive set before, during and after the step. */
export function sharedGroup({ random, groups, resources }: Draft): string | undefined {
  return random.any(groups.filter((group) => exclusiveOn(resources, group) === undefined));
}

/** A group without resources before and after, and without rules of other stacks. */
function emptyGroup(draft: Draft): string | undefined {
  const { random, groups, resources, before } = draft;
  return random.any(
    groups.filter(
      (group) =>
        resourcesOn(resources, group).length === 0 &&
        resourcesOn(before.resources, group).length === 0 &&
        !hasForeign(draft, group),
    ),
  );
}

/** Whether a group has rules of other stacks, which rule out an exclusive set. */
export function hasForeign({ strangers }: Draft, group: string): boolean {
  return strangers.some(({ rule, claim }) => claim !== undefined && rule.model.group === group);
}

/** A rule with one or two differences; undefined if the result is no change. */
function changedRule(draft: Draft, rule: SoakRule): SoakRule | undefined {
  const { random, places } = draft;
  const { model } = rule;
  const what = random.pick(["description", "tags", "ports", "place", "kind", "both"]);
  switch (what) {
    case "description":
    case "tags": {
      const changed =
        what === "tags"
          ? { ...rule, tags: anyTags(random) }
          : { ...rule, description: anyDescription(random) };
      return textOf(changed) === textOf(rule) ? undefined : changed;
    }
    case "both": {
      const ports = firstFree(draft, () => withOtherPorts(random, model));
      return ports && { model: ports, description: anyDescription(random), tags: anyTags(random) };
    }
    case "ports": {
      const ports = firstFree(draft, () => withOtherPorts(random, model));
      return ports && { ...rule, model: ports };
    }
    default: {
      const kind = what === "place" ? model.destination.kind : undefined;
      const other = firstFree(draft, () => withOtherPlace(random, model, places, kind));
      return other && { ...rule, model: other };
    }
  }
}

function textOf({ model, description, tags }: SoakRule): string {
  return JSON.stringify([keyOf(model), description, Object.entries(tags).sort()]);
}
