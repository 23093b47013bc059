import type { Holdout } from "./holdout";
import type { LearnedPolicy } from "./policy";
import type { PassedOver } from "./records/flowRecord";
import type { RejectedPort } from "./rejected";
import type { Seen } from "./seen";
import type { Unclear } from "./settle";
import type { Counts } from "./tally";
import type { RuleUse } from "./unused";

/** What flow logs say of what a group needs. */
export interface Learned {
  readonly group: string;
  /** The ids of the interfaces of the group; `Seen` has their places. */
  readonly interfaces: readonly string[];
  /** The names of groups, by their ids. */
  readonly names: ReadonlyMap<string, string>;
  /** When the records of the group begin and end, in seconds since 1970. */
  readonly first: number;
  readonly last: number;
  readonly passed: PassedOver;
  readonly counts: Counts;
  readonly policy: LearnedPolicy;
  readonly unclear: readonly UnclearFlow[];
  readonly rejected: readonly RejectedPort[];
  /** Of the rules of `--rules`: those that were not used, and those of which it is not known. */
  readonly unused?: readonly RuleUse[];
  readonly holdout?: Holdout;
  /** What logs cannot know, in words. */
  readonly cannotKnow: readonly string[];
}

/** What left to one port of one address, of which nobody can say who began it. */
export interface UnclearFlow {
  readonly protocol: number;
  readonly port: number;
  readonly peer: string;
  /** The ports that it came from; none of a protocol without. */
  readonly ownPorts: readonly number[];
  readonly seen: Seen;
  readonly why: Unclear["why"];
}
