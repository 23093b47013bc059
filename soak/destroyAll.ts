import type { Site } from "./carryOut";
import { differences, idsByKey } from "./compare";
import { Difference } from "./difference";
import { newDraft, take } from "./draft";
import { notKept } from "./kept";
import { look, type Stand } from "./oneStep";
import type { Random } from "./random";
import type { Places } from "./rules";
import { settled } from "./settled";
import { withIds } from "./world";

/** Destroys the stack, and checks that exactly its rules went; otherwise throws a `Difference`. */
export async function destroyAll(
  { endpoint, stack }: Site,
  random: Random,
  { world, found }: Stand,
  { groups, places }: { readonly groups: readonly string[]; readonly places: Places },
): Promise<void> {
  const draft = newDraft(random, world, groups, places);
  for (const name of world.resources.keys()) take(draft, name);
  const ran = await stack.destroy({ refresh: random.chance(0.5) });
  const after = await look(endpoint, stack, groups);
  const left = differences(withIds(settled(draft), idsByKey(after)), after);
  const differing = [...(ran.ok ? [] : ["destroy failed"]), ...left, ...notKept({ draft }, found, after)];
  if (differing.length > 0) throw new Difference(differing, [`destroy:\n${ran.printed}`]);
}
