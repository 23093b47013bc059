import { EgressRule } from "../../index";
import { endpoint } from "../world";
import { declaredRules } from "./declaredRules";
import { regionOf } from "./faults/faultCase";
import { heldIds } from "./faults/holds";
import { LAN } from "./lan";
import { MOVED_PORT, MOVES, type Move, type Place } from "./moves";
import { newStack } from "./newStack";
import type { Ran, TestStack } from "./stack";

// Renames without `aliases`: the engine creates the new resource first, and deletes the old one at the end.

/** A move on its own group, and the point where its run is killed, if any. */
interface Case extends Place {
  readonly move: Move;
  readonly boundary?: Boundary;
}

interface Boundary {
  readonly action: string;
  readonly nth: number;
  readonly before: boolean;
}

export let stack: TestStack;
export let cases: readonly Case[];
/** How many have started, since each has its own Regions. */
let tests = 0;
/** The id of the rule that moves, by its Region. */
export let ids: ReadonlyMap<string, string | undefined>;

beforeEach(async () => {
  stack = await newStack({ parallel: 64 });
});

const letter = (number: number) => String.fromCharCode("a".charCodeAt(0) + number);

/** The Region of a rule that each change deletes, apart from the moves. */
export const GOING_REGION = "us-going-a-0";
let goingGroup = "";

export async function begin(moves: readonly Omit<Case, keyof Place>[]): Promise<void> {
  const begun: Case[] = [];
  tests++;
  for (const one of moves) {
    const region = `us-move${letter(tests)}-${letter(MOVES.indexOf(one.move))}-${begun.length}`;
    const [group = ""] = await endpoint.makeGroups(1, region);
    begun.push({ ...one, region, group });
  }
  cases = begun;
  [goingGroup = ""] = await endpoint.makeGroups(1, GOING_REGION);
  const ran = await stack.up(program("before"));
  if (!ran.ok) throw new Error(ran.printed);
  ids = await movedIds();
  await endpoint.reset();
}

export const program = (when: "before" | "after", adopt = false) => {
  return async () => {
    for (const { move, ...place } of cases) move[when](place, adopt);
    if (when === "before") {
      new EgressRule(GOING_REGION, { securityGroupId: goingGroup, region: GOING_REGION, ...LAN });
    }
  };
};

export async function movedIds(): Promise<Map<string, string | undefined>> {
  const found = new Map<string, string | undefined>();
  for (const { region, group } of cases) {
    const moved = (await endpoint.rules(group, region)).find(({ FromPort }) => FromPort === MOVED_PORT);
    found.set(region, moved?.SecurityGroupRuleId);
  }
  return found;
}

/** Each rule still exists unchanged, and no call revoked it. */
export async function expectKept(): Promise<void> {
  const now = await movedIds();
  const calls = await endpoint.calls();
  const asked = calls.filter(({ action }) => action === "RevokeSecurityGroupEgress");
  const revoked = asked.flatMap(({ params }) => Object.values(params));
  const problems = cases.flatMap(({ move, region, boundary }) => {
    const [before, after] = [ids.get(region) ?? "", now.get(region)];
    const what = `${move.what}, ${JSON.stringify(boundary)}`;
    if (after === undefined) return [`${what}: the rule is gone`];
    return after === before && !revoked.includes(before) ? [] : [`${what}: the rule was away`];
  });
  expect(problems).toEqual([]);
}

/** State has all rules by their ids, and nothing is left to do. */
export async function expectConverged(adopt = false): Promise<void> {
  await expectKept();
  expect([...(await movedIds()).values()]).not.toContain(undefined);
  const there = await Promise.all(cases.map(({ group, region }) => declaredRules(group, region)));
  const held = there.flat().map(({ SecurityGroupRuleId = "" }) => SecurityGroupRuleId);
  const rules = (await stack.resources()).filter(({ type }) => type.includes("aws-egress"));
  expect(heldIds(rules).sort()).toEqual(held.sort());
  expect(Object.keys((await stack.preview(program("after", adopt))).changes)).toEqual(["same"]);
}

/** The errors of a run, for each failed case. */
export function errorsOf({ steps }: Ran): Map<string, string> {
  const all = [...steps].flatMap(([name, { error }]) =>
    error === undefined ? [] : [[name, error] as const],
  );
  return new Map(all.map(([name, error]) => [regionOf(name), error]));
}
