import { programOf } from "../../soak/program";
import { randomOf } from "../../soak/random";
import { anyStep } from "../../soak/step";
import { expectedRules, type World } from "../../soak/world";

const groups = ["sg-00000001", "sg-00000002", "sg-00000003"];
const on = { groups, places: { groups, prefixLists: ["pl-00000001"] }, ids: new Map<string, string>() };

/** So many steps, each from where the one before has led. */
function walk(seed: number, steps: number): { worlds: World[]; texts: string[] } {
  const worlds: World[] = [{ resources: new Map(), strangers: [] }];
  const texts: string[] = [];
  for (let number = 1; number <= steps; number++) {
    const random = randomOf(seed, number);
    const { after, draft } = anyStep(
      random,
      worlds[number - 1] ?? { resources: new Map(), strangers: [] },
      on,
    );
    worlds.push(after);
    texts.push(programOf(random, draft.resources, draft.declared).text);
  }
  return { worlds, texts };
}

test("a seed tells all programs", () => {
  expect(walk(5, 30).texts).toEqual(walk(5, 30).texts);
  expect(walk(5, 30).texts).not.toEqual(walk(6, 30).texts);
});

test("no program wants what EC2 would refuse: a rule twice, or others on a group that one set has to itself", () => {
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
