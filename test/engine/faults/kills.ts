import type { Endpoint, Hold } from "../../ec2/endpoint";
import { makeStack, type TestStack } from "../stack";
import { CHANGES, type Change, KINDS } from "./changes";
import { type Converged, converge } from "./converge";
import { type Case, callsOf, declare, gathering, regionFor, untilOthersCome } from "./faultCase";
import { cliProcesses, providerProcesses } from "./processes";

export type Victim = "provider" | "cli";

export interface KillCase extends Case {
  /** Whether the kill came before the effect of the held call, or after it. */
  readonly before: boolean;
}

/** The state of a case after the killed run. */
export interface Killed extends Converged {
  readonly case: KillCase;
}

/**
 * Holds each kind of call before its effect and after it, and kills the provider or the whole CLI while all are held,
 * each on its own group. Deletes come last, and so run separately.
 */
export async function runKills(
  endpoint: Endpoint,
  victim: Victim,
  config: { readonly [key: string]: string } = {},
  isMeant: (change: Change) => boolean = () => true,
): Promise<Killed[]> {
  const killed: Killed[] = [];
  const all = (await makeCases(endpoint)).filter(({ change }) => isMeant(change));
  for (const isGoing of [false, true]) {
    const cases = all.filter(({ change }) => (change.after === undefined) === isGoing);
    if (cases.length === 0) continue;
    const stack = await makeStack(endpoint, { parallel: PARALLEL, config });
    try {
      killed.push(...(await runCases(endpoint, stack, cases, victim)));
    } finally {
      await stack.remove();
    }
  }
  return killed;
}

/** None waits in the engine while calls of others are held. */
const PARALLEL = 1000;

async function makeCases(endpoint: Endpoint): Promise<KillCase[]> {
  const cases: KillCase[] = [];
  for (const kind of KINDS) {
    for (const [place, change] of CHANGES[kind].entries()) {
      for (const before of [true, false]) {
        const region = regionFor(kind, place, before ? 1 : 2);
        const [group = ""] = await endpoint.makeGroups(1, region);
        cases.push({ kind, change, before, region, group });
      }
    }
  }
  return cases;
}

async function runCases(
  endpoint: Endpoint,
  stack: TestStack,
  cases: readonly KillCase[],
  victim: Victim,
): Promise<Killed[]> {
  const up = (when: "before" | "after", adopting: ReadonlySet<Case> = new Set()) => {
    const program = async () => {
      for (const one of cases) declare(one, when, adopting.has(one));
    };
    return stack.up(program, { continueOnError: true });
  };
  const made = await up("before");
  if (!made.ok) throw new Error(made.printed);

  await endpoint.befall(cases.flatMap((one) => gathering(one, untilOthersCome(cases.length))));
  const holds: Hold[] = [];
  for (const one of cases) holds.push(await endpoint.hold({ ...callsOf(one), before: one.before }));
  const killed = up("after");
  await Promise.all(holds.map((hold) => hold.reached()));
  for (const { id } of victim === "cli" ? cliProcesses() : providerProcesses()) process.kill(id, "SIGKILL");
  if ((await killed).ok) throw new Error("a run that was killed ended well");
  for (const hold of holds) expect(await hold.ended()).toBe("gone");
  await endpoint.befall([]);
  // A killed CLI leaves its lock, and the engine asks to remove it.
  if (victim === "cli") {
    const locked = await up("after");
    expect(locked.printed).toContain("pulumi cancel");
    await stack.cancel();
  }

  const converged = await converge(endpoint, stack, cases, (adopting) => up("after", adopting));
  return cases.map((one) => ({ case: one, ...converged(one) }));
}
