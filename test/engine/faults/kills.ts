import type { Endpoint, Hold } from "../../ec2/endpoint";
import { makeStack, type TestStack } from "../stack";
import { CHANGES } from "./changes";
import { type Case, declare, regionFor, regionOf } from "./faultCase";
import { declaredOnly, heldIds, mismatches } from "./holds";
import { type Ended, endedOf } from "./matrix";
import { cliProcesses, providerProcesses } from "./processes";

export type Victim = "provider" | "cli";

export interface KillCase extends Case {
  /** Whether its call was held before its effect when the kill came, or after it. */
  readonly before: boolean;
}

export interface Killed {
  readonly case: KillCase;
  /** The `up` after that which was killed. */
  readonly next: Ended;
  readonly problems: readonly string[];
}

/**
 * Holds each kind of call at its boundary, before its effect and after it, and kills the provider or the whole CLI
 * while all are held: each of them on a group of its own. Those of resources that go come last, and so in a run of
 * their own.
 */
export async function runKills(endpoint: Endpoint, victim: Victim): Promise<Killed[]> {
  const killed: Killed[] = [];
  for (const isGoing of [false, true]) {
    const cases = (await makeCases(endpoint)).filter(
      ({ change }) => (change.after === undefined) === isGoing,
    );
    const stack = await makeStack(endpoint, { parallel: 64 });
    try {
      killed.push(...(await runCases(endpoint, stack, cases, victim)));
    } finally {
      await stack.remove();
    }
  }
  return killed;
}

async function makeCases(endpoint: Endpoint): Promise<KillCase[]> {
  const cases: KillCase[] = [];
  for (const kind of ["rule", "set"] as const) {
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
  const up = (when: "before" | "after") => {
    const program = async () => {
      for (const one of cases) declare(one, one.change[when]);
    };
    return stack.up(program, { continueOnError: true });
  };
  const made = await up("before");
  if (!made.ok) throw new Error(made.printed);

  const holds: Hold[] = [];
  for (const { change, region, before } of cases) {
    holds.push(await endpoint.hold({ action: change.action, region, before }));
  }
  const killed = up("after");
  await Promise.all(holds.map((hold) => hold.reached()));
  for (const { id } of victim === "cli" ? cliProcesses() : providerProcesses()) process.kill(id, "SIGKILL");
  if ((await killed).ok) throw new Error("a run that was killed ended well");
  for (const hold of holds) expect(await hold.ended()).toBe("gone");
  // The lock of a killed CLI stays, and the engine asks for this.
  if (victim === "cli") {
    const locked = await up("after");
    expect(locked.printed).toContain("pulumi cancel");
    await stack.cancel();
  }

  const next = endedOf(await up("after"));
  const resources = await stack.resources();
  const held = await Promise.all(cases.map(({ group, region }) => endpoint.rules(group, region)));
  await endpoint.reset();
  const last = endedOf(await up("after"));
  const late = new Set((await endpoint.calls()).map(({ region }) => region));
  const destroyed = await stack.destroy();
  if (!destroyed.ok) throw new Error(destroyed.printed);
  const left = await Promise.all(cases.map(({ group, region }) => endpoint.rules(group, region)));

  return cases.map((one, place) => {
    const owned = resources.filter(({ urn }) => regionOf(urn) === one.region);
    const problems = [
      ...next(one).errors.map((error) => `did not converge: ${error}`),
      ...mismatches(one.change.after ?? [], declaredOnly(held[place]), heldIds(owned)),
      ...(last(one).operations.some((operation) => operation !== "same") ? ["was never the same"] : []),
      ...(late.has(one.region) ? ["had calls though nothing was left to do"] : []),
      ...declaredOnly(left[place]).map(({ SecurityGroupRuleId }) => `${SecurityGroupRuleId} was left behind`),
    ];
    return { case: one, next: next(one), problems };
  });
}
