import type { Endpoint, RecordedCall } from "../../ec2/endpoint";
import { makeStack, type Ran, type TestStack } from "../stack";
import { befallings, type Case, declare, type FaultCase, makeCases, regionOf } from "./faultCase";
import { declaredOnly, heldIds, mismatches } from "./holds";

/** What became of a case. */
export interface Result {
  readonly case: FaultCase;
  /** The `up` that the fault befell. */
  readonly faulty: Ended;
  readonly next: Ended;
  /** The one after that, where the next one asked for `adopt: true` and was given it. */
  readonly adopted?: Ended;
  /** What was not as it has to be, in words. */
  readonly problems: readonly string[];
}

/** How an `up` ended for a case. */
export interface Ended {
  readonly operations: readonly string[];
  readonly errors: readonly string[];
}

/**
 * Runs all cases as one stack: as they are before their changes, with their faults, again without, once more to see
 * that nothing is left to do, and destroys it.
 */
export async function runMatrix(
  endpoint: Endpoint,
  config: { readonly [key: string]: string } = {},
): Promise<Result[]> {
  const cases = await makeCases(endpoint);
  const stack = await makeStack(endpoint, {
    // None waits in the engine, so that the rules of a group are asked for at once.
    parallel: 1000,
    config: { "aws:maxRetries": "1", ...config },
    // Nothing is killed here: with as many resources, a state that is written at each step costs minutes.
    env: { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" },
  });
  // The engine wants to know the line of each resource in the program, which costs most where Jest maps it.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return await runCases(endpoint, stack, cases);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    await stack.remove();
  }
}

async function runCases(
  endpoint: Endpoint,
  stack: TestStack,
  cases: readonly FaultCase[],
): Promise<Result[]> {
  const up = (when: "before" | "after", adopting: ReadonlySet<FaultCase> = new Set()) => {
    const program = async () => {
      for (const one of cases) declare(one, one.change[when], adopting.has(one));
    };
    return stack.up(program, { continueOnError: true });
  };
  const readsBehind = cases.map(({ region, fault }) => [region, fault.readsBehind ?? 0] as const);
  await endpoint.hide({ rules: Object.fromEntries(readsBehind) });
  const before = await up("before");
  if (!before.ok) throw new Error(before.printed);

  await endpoint.reset();
  await endpoint.befall(cases.flatMap(befallings));
  const faulty = endedOf(await up("after"));
  const befallen = befallenOf(cases, await endpoint.calls());
  await endpoint.befall([]);
  await endpoint.hide();

  const next = endedOf(await up("after"));
  const adopting = new Set(
    cases.filter((one) => next(one).errors.some((error) => error.includes("adopt: true"))),
  );
  const adopted = adopting.size > 0 ? endedOf(await up("after", adopting)) : undefined;
  const resources = await stack.resources();
  const held = await Promise.all(cases.map(({ group, region }) => endpoint.rules(group, region)));

  await endpoint.reset();
  const last = endedOf(await up("after", adopting));
  const late = new Set((await endpoint.calls()).map(({ region }) => region));
  const destroyed = await stack.destroy();
  if (!destroyed.ok) throw new Error(destroyed.printed);
  const left = await Promise.all(cases.map(({ group, region }) => endpoint.rules(group, region)));

  return cases.map((one, place) => {
    const converged = adopting.has(one) && adopted ? adopted(one) : next(one);
    const owned = resources.filter(({ urn }) => regionOf(urn) === one.region);
    const problems = [
      ...(isMet(one) && !befallen.has(one.region) ? ["the fault befell no call"] : []),
      ...converged.errors.map((error) => `did not converge: ${error}`),
      ...mismatches(one.change.after ?? [], declaredOnly(held[place]), heldIds(owned)),
      ...(last(one).operations.some((operation) => operation !== "same") ? ["was never the same"] : []),
      ...(late.has(one.region) ? ["had calls though nothing was left to do"] : []),
      ...declaredOnly(left[place]).map(({ SecurityGroupRuleId }) => `${SecurityGroupRuleId} was left behind`),
    ];
    return {
      case: one,
      faulty: faulty(one),
      next: next(one),
      ...(adopting.has(one) && { adopted: converged }),
      problems,
    };
  });
}

/** The Regions in which a call met the fault that is meant. */
function befallenOf(cases: readonly FaultCase[], calls: readonly RecordedCall[]): ReadonlySet<string> {
  const kinds = new Map(cases.map(({ region, fault }) => [region, fault.fault?.kind]));
  return new Set(
    calls.filter(({ region, fault }) => kinds.get(region) === fault).map(({ region }) => region),
  );
}

/** A set that sees nothing of its rules may come no further than that. */
function isMet({ fault: { fault, readsBehind } }: FaultCase): boolean {
  return fault !== undefined && readsBehind === undefined;
}

export function endedOf({ steps }: Ran): (one: Case) => Ended {
  const byRegion = new Map<string, { operations: string[]; errors: string[] }>();
  for (const [name, { operation, error }] of steps) {
    const ended = byRegion.get(regionOf(name)) ?? { operations: [], errors: [] };
    if (operation !== undefined) ended.operations.push(operation);
    if (error !== undefined) ended.errors.push(error);
    byRegion.set(regionOf(name), ended);
  }
  return ({ region }) => byRegion.get(region) ?? { operations: [], errors: [] };
}
