import type { Holdout } from "./holdout";
import type { LearnedPolicy } from "./policy";
import type { PassedOver } from "./records/flowRecord";
import type { RejectedPort } from "./rejected";
import type { Seen } from "./seen";
import type { Unclear } from "./settle";
import type { Counts } from "./tally";
import type { RuleUse } from "./unused";

/** The results from the flow logs of a group. */
export interface Learned {
  readonly group: string;
  /** The ids of the group's interfaces. `Seen` refers to them by index. */
  readonly interfaces: readonly string[];
  /** Group names by id. */
  readonly names: ReadonlyMap<string, string>;
  /** When the group's records begin and end, in seconds since 1970. */
  readonly first: number;
  readonly last: number;
  readonly passed: PassedOver;
  readonly counts: Counts;
  readonly policy: LearnedPolicy;
  readonly unclear: readonly UnclearFlow[];
  readonly rejected: readonly RejectedPort[];
  /** The rules in `--rules` that are unused, or whose use is unknown. */
  readonly unused?: readonly RuleUse[];
  readonly holdout?: Holdout;
  /** What the logs cannot show, in sentences. */
  readonly cannotKnow: readonly string[];
}

/** Outbound traffic to one port of one address, whose initiator is unknown. */
export interface UnclearFlow {
  readonly protocol: number;
  readonly port: number;
  readonly peer: string;
  /** The group's ports that the traffic came from; empty for a protocol without ports. */
  readonly ownPorts: readonly number[];
  readonly seen: Seen;
  readonly why: Unclear["why"];
}
