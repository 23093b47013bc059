import type { Endpoint } from "../test/ec2/endpoint";
import type { StateResource, TestStack } from "../test/engine/stack";
import { carryOut, type Site } from "./carryOut";
import { differences, type Found, idsByKey } from "./compare";
import { Difference, type Tried } from "./difference";
import { notKept } from "./kept";
import { programOf } from "./program";
import type { Random } from "./random";
import type { Places } from "./rules";
import { anyStep, type Step } from "./step";
import { type World, withIds } from "./world";

/** The state of a soak between two steps. */
export interface Stand {
  readonly world: World;
  readonly found: Found;
}

/** Runs a random step, and compares the result with the model; throws a `Difference` if they differ. */
export async function oneStep(
  site: Site,
  random: Random,
  { world, found }: Stand,
  on: { readonly groups: readonly string[]; readonly places: Places },
): Promise<Stand & { readonly text: string }> {
  const step = anyStep(random, world, { ...on, ids: idsByKey(found) });
  const text = textOf(step);
  const tried: Tried[] = [];
  try {
    await carryOut(site, random, step, tried);
    await site.endpoint.hide();
    const after = await look(site.endpoint, site.stack, on.groups);
    const next = withIds(step.after, idsByKey(after));
    const differing = [...differences(next, after), ...notKept(step, found, after)];
    if (differing.length > 0) throw new Difference(differing);
    if (step.previewAfter) await previewAgain(site, random, step, tried);
    await count(site, step);
    return { world: next, found: after, text };
  } catch (error) {
    if (!(error instanceof Difference)) throw error;
    const printed = tried.map(({ command, ran }) => `${command}:\n${ran.printed}`);
    throw new Difference(error.found, [text, ...error.more, ...printed]);
  }
}

/** What EC2 and the state hold. */
export async function look(endpoint: Endpoint, stack: TestStack, groups: readonly string[]): Promise<Found> {
  const rules = await Promise.all(groups.map(async (group) => [group, await endpoint.rules(group)] as const));
  return { rules: new Map(rules), state: resourcesIn(await stack.state()) };
}

/** Reads the state file directly: asking the CLI takes as long as a small `up`. */
function resourcesIn(state: string): StateResource[] {
  const resources: StateResource[] = JSON.parse(state).checkpoint.latest?.resources ?? [];
  return resources.filter(({ type }) => !type.startsWith("pulumi:"));
}

/** The same program in another spelling and another order. */
async function previewAgain(
  { stack, counts }: Site,
  random: Random,
  { draft }: Step,
  tried: Tried[],
): Promise<void> {
  const program = programOf(random, draft.resources, new Map());
  counts.previews += 1;
  const ran = await stack.preview(program);
  tried.push({ command: "preview", ran });
  if (ran.ok && ran.changes.same === draft.resources.size + 1 && Object.keys(ran.changes).length === 1)
    return;
  throw new Difference([`a preview shows changes: ${JSON.stringify(ran.changes)}`], [program.json]);
}

async function count({ endpoint, counts }: Site, { drifts, draft }: Step): Promise<void> {
  counts.edits += draft.notes.length;
  counts.drifts += drifts.length;
  const calls = await endpoint.calls();
  counts.calls += calls.length;
  counts.faults += calls.filter(
    ({ fault, throttled }) => throttled || (fault !== undefined && fault !== "hold"),
  ).length;
  await endpoint.reset();
}

function textOf({ drifts, trouble, refreshFirst, refreshAfterKill, draft }: Step): string {
  return [
    ...drifts.map(({ note }) => `by hand: ${note}`),
    ...draft.notes,
    ...(refreshFirst ? [`refresh first, ${refreshFirst}`] : []),
    ...(Object.keys(trouble).length > 0 ? [JSON.stringify(trouble)] : []),
    ...(trouble.kill && refreshAfterKill ? ["refresh after the kill"] : []),
  ].join("; ");
}
