import type { Hold } from "../ec2/endpoint";
import { endpoint } from "../world";
import { declaredRules } from "./declaredRules";
import { regionOf } from "./faults/faultCase";
import { heldIds } from "./faults/holds";
import { cliProcesses, providerProcesses } from "./faults/processes";
import { MOVED_PORT, MOVES, type Move, type Place } from "./moves";
import { newStack } from "./newStack";
import type { Ran, TestStack } from "./stack";

// Renames without `aliases`, in which the engine makes the new resource first, and deletes the old one at the end.

/** A move on a group of its own, and where a run is killed in it, if it is. */
interface Case extends Place {
  readonly move: Move;
  readonly boundary?: Boundary;
}

interface Boundary {
  readonly action: string;
  readonly nth: number;
  readonly before: boolean;
}

let stack: TestStack;
let cases: readonly Case[];
/** How many have begun, as each has Regions of its own. */
let tests = 0;
/** The id of the rule that moves, by its Region. */
let ids: ReadonlyMap<string, string | undefined>;

beforeEach(async () => {
  stack = await newStack({ parallel: 64 });
});

const letter = (number: number) => String.fromCharCode("a".charCodeAt(0) + number);

async function begin(moves: readonly Omit<Case, keyof Place>[]): Promise<void> {
  const begun: Case[] = [];
  tests++;
  for (const one of moves) {
    const region = `us-move${letter(tests)}-${letter(MOVES.indexOf(one.move))}-${begun.length}`;
    const [group = ""] = await endpoint.makeGroups(1, region);
    begun.push({ ...one, region, group });
  }
  cases = begun;
  const ran = await stack.up(program("before"));
  if (!ran.ok) throw new Error(ran.printed);
  ids = await movedIds();
  await endpoint.reset();
}

const program = (when: "before" | "after", adopt = true) => {
  return async () => {
    for (const { move, ...place } of cases) move[when](place, adopt);
  };
};

async function movedIds(): Promise<Map<string, string | undefined>> {
  const found = new Map<string, string | undefined>();
  for (const { region, group } of cases) {
    const moved = (await endpoint.rules(group, region)).find(({ FromPort }) => FromPort === MOVED_PORT);
    found.set(region, moved?.SecurityGroupRuleId);
  }
  return found;
}

/** Each rule is there, as it was, and nobody has asked for its end. */
async function expectKept(): Promise<void> {
  const now = await movedIds();
  const calls = await endpoint.calls();
  const asked = calls.filter(({ action }) => action === "RevokeSecurityGroupEgress");
  const revoked = asked.flatMap(({ params }) => Object.values(params));
  const problems = cases.flatMap(({ move, region, boundary }) => {
    const [before, after] = [ids.get(region) ?? "", now.get(region)];
    const what = `${move.what}, ${JSON.stringify(boundary)}`;
    if (move.mayBeAnew) return [];
    if (after === undefined) return [`${what}: the rule is gone`];
    return after === before && !revoked.includes(before) ? [] : [`${what}: the rule was away`];
  });
  expect(problems).toEqual([]);
}

/** State has all rules by their ids, and nothing is left to do. */
async function expectConverged(): Promise<void> {
  await expectKept();
  expect([...(await movedIds()).values()]).not.toContain(undefined);
  const there = await Promise.all(cases.map(({ group, region }) => declaredRules(group, region)));
  const held = there.flat().map(({ SecurityGroupRuleId = "" }) => SecurityGroupRuleId);
  const rules = (await stack.resources()).filter(({ type }) => type.includes("aws-egress"));
  expect(heldIds(rules).sort()).toEqual(held.sort());
  expect(Object.keys((await stack.preview(program("after"))).changes)).toEqual(["same"]);
}

/** What the errors of a run say, of each case that failed. */
function errorsOf({ steps }: Ran): Map<string, string> {
  const all = [...steps].flatMap(([name, { error }]) =>
    error === undefined ? [] : [[name, error] as const],
  );
  return new Map(all.map(([name, error]) => [regionOf(name), error]));
}

test("with adopt a rule that moves stays, and nothing is left to do; it goes when all is destroyed", async () => {
  await begin(MOVES.map((move) => ({ move })));
  const ran = await stack.up(program("after"));
  if (!ran.ok) throw new Error(ran.printed);
  await expectConverged();
  await stack.destroy();
  expect([...(await movedIds()).values()]).toEqual(cases.map(() => undefined));
});

test("without adopt the run fails and says what to do, and the rule stays until it is adopted", async () => {
  await begin(MOVES.map((move) => ({ move })));
  const stopped = await stack.up(program("after", false));
  expect(stopped.ok).toBe(false);
  expect(stopped.printed).toContain("adopt: true");
  await expectKept();

  // The engine goes on to delete the old resources in the first of these runs.
  for (let run = 1; run <= 2; run++) {
    const ran = await stack.up(program("after", false), { continueOnError: true });
    const errors = errorsOf(ran);
    for (const { move, region } of cases.filter(({ move }) => !move.mayBeAnew)) {
      const id = ids.get(region);
      const meant = move.isUnasked ? undefined : expect.stringMatching(new RegExp(`${id}.*adopt: true`, "s"));
      expect([move.what, errors.get(region)]).toEqual([move.what, meant]);
    }
    await expectKept();
  }

  expect((await stack.up(program("after"))).ok).toBe(true);
  await expectConverged();
});

/** Before and after the call by which the new resource takes the rule, and that by which the old one looks at it. */
const [TAKING, LEAVING] = [
  { action: "CreateTags", nth: 1 },
  { action: "DescribeSecurityGroupRules", nth: 2 },
];

const killed = (isGoing: boolean) =>
  MOVES.filter(({ mayBeAnew }) => !mayBeAnew).flatMap((move) => {
    // The engine deletes once all else is done, and so those calls are held in a run of their own.
    const calls = move.goes ? [isGoing ? LEAVING : TAKING] : isGoing ? [] : [TAKING, LEAVING];
    return calls.flatMap((call) => [true, false].map((before) => ({ move, boundary: { ...call, before } })));
  });

const [TAKEN, GOING] = ["while rules are taken over", "between that and the deletes, or in them"];
const marked = { "aws-egress:ownership": "true" };

describe("a kill", () => {
  test.each([
    ["provider", TAKEN, "with marks", marked],
    ["provider", GOING, "with marks", marked],
    ["cli", TAKEN, "with marks", marked],
    ["cli", GOING, "with marks", marked],
    ["cli", GOING, "without marks", { "aws-egress:ownership": "false" }],
  ])("of the %s %s, %s: the rules stay, and the next `up` converges", async (victim, when, _, config) => {
    await stack.configure(config);
    await begin(killed(when === GOING));
    const holds: Hold[] = [];
    for (const { region, boundary } of cases) {
      if (boundary) holds.push(await endpoint.hold({ ...boundary, region }));
    }
    const running = stack.up(program("after"), { continueOnError: true });
    await Promise.all(holds.map((hold) => hold.reached()));
    for (const { id } of victim === "cli" ? cliProcesses() : providerProcesses()) process.kill(id, "SIGKILL");
    expect((await running).ok).toBe(false);
    for (const hold of holds) expect(await hold.ended()).toBe("gone");
    await expectKept();

    if (victim === "cli") await stack.cancel();
    const next = await stack.up(program("after"));
    if (!next.ok) throw new Error(next.printed);
    await expectConverged();
  });
});
