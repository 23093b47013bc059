import type { Draft } from "../../soak/draft";
import { programOf } from "../../soak/program";
import { randomOf } from "../../soak/random";
import { keyOf } from "../../soak/rules";
import { defaultRule } from "../../soak/settled";
import { anyStep } from "../../soak/step";
import { expectedRules, type World, withIds } from "../../soak/world";
import { known } from "../known";

const groups = ["sg-00000001", "sg-00000002", "sg-00000003"];
const places = { groups, prefixLists: ["pl-00000001"] };

/** This many steps, each from where the last one ended. */
function walk(seed: number, steps: number) {
  let world: World = { resources: new Map(), strangers: groups.map(defaultRule) };
  const worlds: World[] = [];
  const texts: string[] = [];
  const drafts: Draft[] = [];
  for (let number = 1; number <= steps; number++) {
    const random = randomOf(seed, number);
    const { after, draft } = anyStep(random, world, { groups, places, ids: idsOf(world) });
    world = withIds(after, idsOf(after));
    worlds.push(world);
    drafts.push(draft);
    texts.push(programOf(random, draft.resources, draft.declared).json);
  }
  return { worlds, texts, drafts };
}

/** As if EC2 used keys as ids. */
function idsOf(world: World): Map<string, string> {
  return new Map(expectedRules(world).map(({ key }) => [key, `sgr of ${key}`]));
}

test("a seed determines all programs", () => {
  expect(walk(5, 30).texts).toEqual(walk(5, 30).texts);
  expect(walk(5, 30).texts).not.toEqual(walk(6, 30).texts);
});

test("no program declares what EC2 would refuse: a duplicate, or other rules on the group of an exclusive set", () => {
  const { worlds } = walk(8, 150);
  expect(Math.max(...worlds.map(({ resources }) => resources.size))).toBeGreaterThan(10);
  for (const world of worlds) {
    const keys = expectedRules(world).map(({ key }) => key);
    expect(keys).toEqual([...new Set(keys)]);
    const all = [...world.resources.values()];
    for (const set of all.filter((one) => one.kind === "set" && one.exclusive)) {
      expect(all.filter(({ group }) => group === set.group)).toEqual([set]);
    }
  }
});

test("rules move in every way, and adopt is specified only for rules that this stack does not claim", () => {
  const { drafts } = walk(9, 300);
  const notes = drafts.flatMap((draft) => draft.notes).join("\n");
  const moves = [
    /^rename \S+ to \S+$/m,
    /^move .* into set-\d+$/m,
    /^move .* into set-\d+, which has the group to itself$/m,
    /^dissolve /m,
    /^move a rule of set-\d+ to single-/m,
    /^move \d rules of set-\d+ to set-/m,
    /^swap the rules /m,
    /^take the rule of \S+ out of /m,
    /^put a rule in front of /m,
  ];
  expect(moves.filter((move) => !move.test(notes))).toEqual([]);
  for (const { declared, resources, unclaimed, before } of drafts) {
    const strangers = new Set(before.strangers.map(({ rule }) => keyOf(rule.model)));
    for (const [name, { adopt }] of declared) {
      if (adopt === undefined) continue;
      const keys = known(resources.get(name)).rules.map(({ model }) => keyOf(model));
      expect(keys.some((key) => unclaimed.has(key) || strangers.has(key))).toBe(true);
    }
  }
});
