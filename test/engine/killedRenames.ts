import { REVOKE } from "../actions";
import type { Hold } from "../ec2/endpoint";
import { endpoint } from "../world";
import { cliProcesses, providerProcesses } from "./faults/processes";
import { MOVES } from "./moves";
import { begin, cases, expectConverged, expectKept, GOING_REGION, program, stack } from "./renames";

/** Before and after the call with which the new resource takes over the rule. */
const taking = MOVES.filter(({ isOfOneClaim }) => !isOfOneClaim).flatMap((move) =>
  [true, false].map((before) => ({ move, boundary: { action: "CreateTags", nth: 1, before } })),
);

export const [TAKEN, GOING] = ["while rules are taken over", "between that and the deletes, or in them"];

/**
 * Kills the given process while calls of every move are held, and checks that rules stay and the next run converges.
 */
export function describeKilledRenames(
  victim: "provider" | "cli",
  moments: readonly string[],
  config: { readonly [key: string]: string } = {},
): void {
  const adopt = config["aws-egress:ownership"] === "false";
  test.each(moments)("a kill %s: the rules stay, and the next `up` converges", async (when) => {
    await stack.configure(config);
    await begin(when === TAKEN ? taking : MOVES.map((move) => ({ move })));
    const holds: Hold[] = [];
    // The engine deletes once everything else is done, this one included.
    if (when === GOING)
      holds.push(await endpoint.hold({ action: REVOKE, region: GOING_REGION, before: true }));
    for (const { region, boundary } of cases) {
      if (boundary) holds.push(await endpoint.hold({ ...boundary, region }));
    }
    const running = stack.up(program("after", adopt), { continueOnError: true });
    await Promise.all(holds.map((hold) => hold.reached()));
    for (const { id } of victim === "cli" ? cliProcesses() : providerProcesses()) process.kill(id, "SIGKILL");
    expect((await running).ok).toBe(false);
    for (const hold of holds) expect(await hold.ended()).toBe("gone");
    await expectKept();

    if (victim === "cli") await stack.cancel();
    const next = await stack.up(program("after", adopt));
    if (!next.ok) throw new Error(next.printed);
    await expectConverged(adopt);
  });
}
