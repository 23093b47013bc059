import { type Found, idsByKey, idsInState } from "./compare";
import { keyOf } from "./rules";
import type { Step } from "./step";
import type { Resource } from "./world";

/** Every rule that has another id than before though nothing was to take it away, even for a moment. */
export function notKept({ draft }: Pick<Step, "draft">, before: Found, after: Found): string[] {
  const [was, is] = [idsByKey(before), idsByKey(after)];
  const again = [...was].flatMap(([key, id]) => {
    const now = is.get(key);
    return draft.loose.has(key) || now === undefined || now === id
      ? []
      : [`${key} was ${id} and is ${now}: it was taken away and made again`];
  });
  const replaced = [...draft.resources].flatMap(([name, resource]) => {
    const old = draft.before.resources.get(name);
    if (old === undefined || !isInPlace(old, resource)) return [];
    if (old.rules.some(({ model }) => draft.loose.has(keyOf(model)))) return [];
    const [one, other] = [idsInState(before.state, name), idsInState(after.state, name)];
    return one[0] === other[0] ? [] : [`${name} was ${one} and is ${other}: it was replaced and not changed`];
  });
  return [...again, ...replaced];
}

/** A single rule that changes within its group and its kind of destination. */
function isInPlace(old: Resource, now: Resource): boolean {
  if (old.kind !== "single" || now.kind !== "single" || old.group !== now.group) return false;
  return old.rules[0].model.destination.kind === now.rules[0].model.destination.kind;
}
