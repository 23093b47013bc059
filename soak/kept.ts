import { type Found, idsByKey } from "./compare";
import type { Step } from "./step";

/**
 * Every rule that has another id after the step, and every modified one.
 *
 * A rule keeps its identity, whichever resource holds it; with enough room, a changed rule is created anew.
 */
export function notKept({ draft }: Pick<Step, "draft">, before: Found, after: Found): string[] {
  const [was, is] = [idsByKey(before), idsByKey(after)];
  const again = [...was].flatMap(([key, id]) => {
    const now = is.get(key);
    return draft.lost.has(key) || now === undefined || now === id
      ? []
      : [`${key} was ${id} and is ${now}: it was taken away and made again`];
  });
  const keyWas = new Map([...was].map(([key, id]) => [id, key]));
  const another = [...is].flatMap(([key, id]) => {
    const old = keyWas.get(id);
    return old === undefined || old === key ? [] : [`${id} was ${old} and is ${key}: it became another rule`];
  });
  return [...again, ...another];
}
