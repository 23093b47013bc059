import { declaredOnly } from "../../ec2/declaredOnly";
import type { Endpoint } from "../../ec2/endpoint";
import type { Ran, TestStack } from "../stack";
import { type Case, regionOf } from "./faultCase";
import { heldIds, mismatches } from "./holds";

/** How an `up` ended for a case. */
export interface Ended {
  readonly operations: readonly string[];
  readonly errors: readonly string[];
}

/** The state of a case after the faulty run. */
export interface Converged {
  readonly next: Ended;
  /** The run after that, with `adopt: true` if the last one asked for it. */
  readonly adopted?: Ended;
  /** What went wrong, in words. */
  readonly problems: readonly string[];
}

/**
 * Runs `up` again as a person would, with `adopt: true` where an error asks for it; once more to check that nothing is
 * left to do; and destroys the stack.
 *
 * @param up declares the cases after their changes, some of them with `adopt: true`
 */
export async function converge<Tried extends Case>(
  endpoint: Endpoint,
  stack: TestStack,
  cases: readonly Tried[],
  up: (adopting?: ReadonlySet<Case>) => Promise<Ran>,
): Promise<(one: Tried) => Converged> {
  const next = endedOf(await up());
  const adopting: ReadonlySet<Case> = new Set(
    cases.filter((one) => next(one).errors.some((error) => error.includes("adopt: true"))),
  );
  const adopted = adopting.size > 0 ? endedOf(await up(adopting)) : undefined;
  const resources = await stack.resources();
  const held = await rulesOf(endpoint, cases);

  await endpoint.reset();
  const last = endedOf(await up(adopting));
  const late = new Set((await endpoint.calls()).map(({ region }) => region));
  const destroyed = await stack.destroy();
  if (!destroyed.ok) throw new Error(destroyed.printed);
  const left = await rulesOf(endpoint, cases);

  return (one) => {
    const { change, region } = one;
    const ofAdopted = adopting.has(one) ? adopted?.(one) : undefined;
    const owned = resources.filter(({ urn }) => regionOf(urn) === region);
    const problems = [
      ...(ofAdopted ?? next(one)).errors.map((error) => `did not converge: ${error}`),
      ...mismatches(change.after ?? [], declaredOnly(held.get(one)), heldIds(owned)),
      ...(last(one).operations.some((operation) => operation !== "same") ? ["was never the same"] : []),
      ...(late.has(region) ? ["had calls though nothing was left to do"] : []),
      ...declaredOnly(left.get(one)).map(({ SecurityGroupRuleId: id }) => `${id} was left behind`),
    ];
    return { next: next(one), ...(ofAdopted && { adopted: ofAdopted }), problems };
  };
}

async function rulesOf(endpoint: Endpoint, cases: readonly Case[]) {
  const rules = cases.map(async (one) => [one, await endpoint.rules(one.group, one.region)] as const);
  return new Map(await Promise.all(rules));
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
