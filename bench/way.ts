import type { Endpoint } from "../test/ec2/endpoint";
import type { BenchRule } from "./rules";

/** How many rules a group takes in the benchmark: one that has sixty has the rule of a new group too. */
export const QUOTA = 200;

/** One way to have rules in EC2. */
export interface Way {
  readonly name: string;
  /** An empty stack, or what the tool has in its place. */
  readonly open: (endpoint: Endpoint) => Promise<Session>;
}

/** The commands that people run, by what they do. */
export interface Session {
  readonly up: (rules: readonly BenchRule[]) => Promise<Ended>;
  readonly refresh: () => Promise<Ended>;
  readonly destroy: () => Promise<Ended>;
  /** The file that holds the state. */
  readonly state: () => Promise<string>;
  readonly close: () => Promise<void>;
}

export interface Ended {
  readonly ok: boolean;
  readonly printed: string;
}

/** What a command cost. */
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
  // A way may fail for want of tokens, which is a result. Anything else is a fault of the benchmark.
  if (!ok && throttled === 0) throw new Error(`A command failed:\n${printed.slice(-2_000)}`);
  return { seconds, calls: calls.length, throttled, ok };
}

/** Does something with a new stack, and leaves nothing of it. */
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
