import type { Hold } from "../ec2/endpoint";
import { endpoint } from "../world";
import { cliProcesses, providerProcesses } from "./faults/processes";
import { MOVES } from "./moves";
import { begin, cases, expectConverged, expectKept, program, stack } from "./renames";

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

export const [TAKEN, GOING] = ["while rules are taken over", "between that and the deletes, or in them"];

/** Kills whoever is said, with calls of every move held, and sees that rules stay and that the next run converges. */
export function describeKilledRenames(
  victim: "provider" | "cli",
  moments: readonly string[],
  config: { readonly [key: string]: string } = {},
): void {
  test.each(moments)("a kill %s: the rules stay, and the next `up` converges", async (when) => {
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
}
