import type { Bucket } from "./buckets";
import { countByAction, parseCalls, type RecordedCall } from "./calls";

/** What tests ask of the endpoint that nobody can ask of EC2. */
export interface Control {
  /** In the order of arrival, since the start or the last `reset`. */
  calls(): Promise<RecordedCall[]>;
  /** How many calls of each action `calls` holds, or only those that were throttled, or were not. */
  count(which?: { throttled: boolean }): Promise<Record<string, number>>;
  /** Forgets the calls, not the groups and rules. */
  reset(): Promise<void>;
  /** Refuses these actions as EC2 refuses a caller without the right; an empty list ends it. */
  deny(actions: string[]): Promise<void>;
  /** Holds each answer back until so long after its call arrived; a change lets go of those that are held. */
  slow(delay: { milliseconds: number }): Promise<void>;
  /** Gives each of these actions a bucket, which is full; the others have none. `ec2Buckets` are EC2's own. */
  throttle(buckets: Readonly<Record<string, Bucket>>): Promise<void>;
  /** How many rules of a family a group holds in each direction; as EC2 is at first, 60. */
  quota(rules?: number): Promise<void>;
}

export function controlAt(url: string): Control {
  async function send(method: string, path: string, body?: unknown): Promise<Response> {
    const answer = await fetch(url + path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) {
      throw new Error(`${method} ${path} answered ${answer.status}`);
    }
    return answer;
  }

  async function set(settings: Record<string, unknown>): Promise<void> {
    await send("PUT", "/_settings", settings);
  }

  async function calls(): Promise<RecordedCall[]> {
    return parseCalls(await (await send("GET", "/_calls")).json());
  }

  return {
    calls,
    async count(which) {
      const all = await calls();
      return countByAction(which ? all.filter(({ throttled }) => throttled === which.throttled) : all);
    },
    async reset() {
      await send("DELETE", "/_calls");
    },
    deny: (denied) => set({ denied }),
    slow: ({ milliseconds }) => set({ milliseconds }),
    throttle: (buckets) => set({ buckets }),
    quota: (rulesPerFamily = 60) => set({ rulesPerFamily }),
  };
}
