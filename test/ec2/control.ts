import { askAt } from "./ask";
import type { Bucket } from "./buckets";
import { countByAction, parseCalls, type RecordedCall } from "./calls";
import type { Befalling } from "./faults";
import { type Held, type Hold, holdAt } from "./hold";

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
  /** Lets these faults befall the calls that arrive from now on, counted from 1; an empty list ends it. */
  befall(faults: readonly Befalling[]): Promise<void>;
  /** Holds a call that is to come at its boundary, so that something can be done at that very moment. */
  hold(held: Held): Promise<Hold>;
  /** Lets what changes from now on be seen only some calls later; without anything hidden, all at once. */
  hide(hidden?: Hidden): Promise<void>;
  /** How many rules DescribeSecurityGroupRules answers with at most, but to a request by id; at first, all. */
  pages(size?: number): Promise<void>;
}

/** For how many calls a change is not seen; dry runs and the endpoint's own look-ups do not count. */
export interface Hidden {
  /**
   * So many reads of a rule show it as it was before a change: not there, still there, or with what it had.
   * A read of several pages is one. Calls that change rules are never behind. One number is for all Regions, and
   * where they are named, reads of the others are not behind.
   */
  rules?: number | { readonly [region: string]: number };
  /** So many calls that name a new group find none, and so many DescribeSecurityGroups leave it out. */
  groups?: number;
}

export function controlAt(url: string): Control {
  const ask = askAt(url);

  async function set(settings: Record<string, unknown>): Promise<void> {
    await ask("PUT", "/_settings", settings);
  }

  async function calls(): Promise<RecordedCall[]> {
    return parseCalls(await (await ask("GET", "/_calls")).json());
  }

  return {
    calls,
    async count(which) {
      const all = await calls();
      return countByAction(which ? all.filter(({ throttled }) => throttled === which.throttled) : all);
    },
    async reset() {
      await ask("DELETE", "/_calls");
    },
    deny: (denied) => set({ denied }),
    slow: ({ milliseconds }) => set({ milliseconds }),
    throttle: (buckets) => set({ buckets }),
    quota: (rulesPerFamily = 60) => set({ rulesPerFamily }),
    befall: (faults) => set({ faults }),
    hold: (held) => holdAt(ask, held),
    hide: (hidden = {}) => set({ hidden }),
    pages: (size) => set({ pageSize: size ?? null }),
  };
}
