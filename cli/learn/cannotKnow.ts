import type { Interfaces } from "./interfaces";
import type { PassedOver } from "./records/flowRecord";
import type { Counts } from "./tally";
import { counted, someOf } from "./words";

/** What these logs cannot show, in sentences. */
export function cannotKnow(
  group: string,
  { together }: Interfaces,
  passed: PassedOver,
  counts: Counts,
): string[] {
  const others = together.filter((one) => one !== group);
  return [
    "The logs miss traffic that did not occur while they were written: a monthly job, a failover, a restore.",
    "A record covers up to ten minutes of a flow and contains no names: the address behind a name may change.",
    ...(others.length === 0
      ? []
      : [
          `Interfaces of ${group} have other groups as well (${someOf(others, 5)}), so some of the traffic may be for those.`,
        ]),
    ...(passed.skipped === 0
      ? []
      : [
          `AWS skipped records ${counted(passed.skipped, "time")} (SKIPDATA): the traffic of those times is unknown.`,
        ]),
    ...(counts.unlisted === 0
      ? []
      : [
          `${counted(counts.unlisted, "record")} of ${counted(counts.unlistedInterfaces.size, "interface")} that --interfaces does not list (${someOf([...counts.unlistedInterfaces], 3)}): if they had the group, their traffic is missing.`,
        ]),
  ];
}
