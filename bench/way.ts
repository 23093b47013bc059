import type { Endpoint } from "../test/ec2/endpoint";
import type { BenchRule } from "./rules";

/** The benchmark's quota of rules per group: sixty rules and a new group's initial one exceed EC2's default. */
export const QUOTA = 200;

/** One way to manage rules in EC2. */
export interface Way {
  readonly name: string;
  /** An empty stack, or the tool's counterpart. */
  readonly open: (endpoint: Endpoint) => Promise<Session>;
}

/** The commands that people run, by purpose. */
export interface Session {
  readonly up: (rules: readonly BenchRule[]) => Promise<Ended>;
  readonly refresh: () => Promise<Ended>;
  readonly destroy: () => Promise<Ended>;
  /** The state file. */
  readonly state: () => Promise<string>;
  readonly close: () => Promise<void>;
}

export interface Ended {
  readonly ok: boolean;
  readonly printed: string;
}

/** The cost of a command. */
export interface Cost {
  readonly seconds: number;
  readonly calls: number;
  readonly throttled: number;
  readonly ok: boolean;
}

export async function costOf(endpoint: Endpoint, command: () => Promise<Ended>): Promise<Cost> {
  await endpoint.reset();
  const since = performance.now();
  const { ok, printed } = await command();
  const seconds = (performance.now() - since) / 1000;
  const calls = await endpoint.calls();
  const throttled = calls.filter((call) => call.throttled).length;
  // A way may fail because it is throttled, which is a result. Any other failure is a bug in the benchmark.
  if (!ok && throttled === 0) throw new Error(`A command failed:\n${printed.slice(-2_000)}`);
  return { seconds, calls: calls.length, throttled, ok };
}

/** Uses a new stack, and removes it afterwards. */
export async function withSession<T>(
  way: Way,
  endpoint: Endpoint,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await way.open(endpoint);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
