import type { Endpoint, RecordedCall } from "../../ec2/endpoint";
import { makeStack, type TestStack } from "../stack";
import { type Converged, converge, type Ended, endedOf } from "./converge";
import { befallings, type Case, declare, type FaultCase, type Meant, makeCases } from "./faultCase";

/** The outcome of a case. */
export interface Result extends Converged {
  readonly case: FaultCase;
  /** The `up` with the fault. */
  readonly faulty: Ended;
}

/** Runs the cases as one stack: before their changes, with their faults, and again without. */
export async function runMatrix(
  endpoint: Endpoint,
  isMeant: Meant,
  config: { readonly [key: string]: string } = {},
): Promise<Result[]> {
  const cases = await makeCases(endpoint, isMeant);
  const stack = await makeStack(endpoint, {
    // None waits in the engine, so that the requests for a group's rules come at once.
    parallel: 1000,
    config: { "aws:maxRetries": "1", ...config },
    // Nothing is killed here: with this many resources, writing the state at each step takes minutes.
    env: { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" },
  });
  // The engine looks up the program line of each resource, which is slowest where Jest maps it.
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
  const up = (when: "before" | "after", adopting: ReadonlySet<Case> = new Set()) => {
    const program = async () => {
      for (const one of cases) declare(one, when, adopting.has(one));
    };
    return stack.up(program, { continueOnError: true });
  };
  const readsBehind = cases.map(({ region, fault }) => [region, fault.readsBehind ?? 0] as const);
  await endpoint.hide({ rules: Object.fromEntries(readsBehind) });
  const before = await up("before");
  if (!before.ok) throw new Error(before.printed);

  await endpoint.reset();
  await endpoint.befall(cases.flatMap((one) => befallings(one, cases.length)));
  const faulty = endedOf(await up("after"));
  const befallen = befallenOf(cases, await endpoint.calls());
  await endpoint.befall([]);
  await endpoint.hide();

  const converged = await converge(endpoint, stack, cases, (adopting) => up("after", adopting));
  return cases.map((one) => {
    const { problems, ...others } = converged(one);
    const unmet = befallen.has(one.region) ? [] : ["the fault befell no call, and so proves nothing"];
    return { case: one, faulty: faulty(one), ...others, problems: [...unmet, ...problems] };
  });
}

/** The Regions where a call met everything intended: its fault, and a stale read. */
function befallenOf(cases: readonly FaultCase[], calls: readonly RecordedCall[]): ReadonlySet<string> {
  const met = cases.filter(({ region, fault: { fault, readsBehind } }) => {
    const own = calls.filter((call) => call.region === region);
    return (
      (fault === undefined || own.some((call) => call.fault === fault.kind)) &&
      (readsBehind === undefined || own.some(({ stale }) => stale))
    );
  });
  return new Set(met.map(({ region }) => region));
}
