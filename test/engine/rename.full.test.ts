import { MOVES } from "./moves";
import {
  begin,
  cases,
  errorsOf,
  expectConverged,
  expectKept,
  ids,
  movedIds,
  program,
  stack,
} from "./renames";

test("a rule that moves stays without adopt, needs no second run, and is deleted with the stack", async () => {
  await begin(MOVES.map((move) => ({ move })));
  const ran = await stack.up(program("after"));
  if (!ran.ok) throw new Error(ran.printed);
  await expectConverged();
  await stack.destroy();
  expect([...(await movedIds()).values()]).toEqual(cases.map(() => undefined));
});

test("without claims the run fails and says what to do, and the rule stays until it is adopted", async () => {
  await stack.configure({ "aws-egress:ownership": "false" });
  await begin(MOVES.map((move) => ({ move })));
  const stopped = await stack.up(program("after"));
  expect(stopped.ok).toBe(false);
  expect(stopped.printed).toContain("adopt: true");
  await expectKept();

  // In the first of these runs, the engine goes on to delete the old resources.
  for (let run = 1; run <= 2; run++) {
    const ran = await stack.up(program("after"), { continueOnError: true });
    const errors = errorsOf(ran);
    for (const { move, region } of cases) {
      const id = ids.get(region);
      const meant = move.isUnasked ? undefined : expect.stringMatching(new RegExp(`${id}.*adopt: true`, "s"));
      expect([move.what, errors.get(region)]).toEqual([move.what, meant]);
    }
    await expectKept();
  }

  expect((await stack.up(program("after", true))).ok).toBe(true);
  await expectConverged(true);
});
