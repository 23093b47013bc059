import type { Interfaces } from "./interfaces";
import type { PassedOver } from "./records/flowRecord";
import type { Counts } from "./tally";
import { counted, someOf } from "./words";

/** What these logs cannot know, in words. */
export function cannotKnow(
  group: string,
  { together }: Interfaces,
  passed: PassedOver,
  counts: Counts,
): string[] {
  const others = together.filter((one) => one !== group);
  return [
    "What has not happened while the logs were written is not in them: what runs once a month, a failover, a restore.",
    "A record sums up to ten minutes of a flow, and says nothing of names: an address behind a name may be another tomorrow.",
    ...(others.length === 0
      ? []
      : [
          `Interfaces of ${group} have other groups as well (${someOf(others, 5)}), and what left may be what those are for.`,
        ]),
    ...(passed.skipped === 0
      ? []
      : [
          `AWS has skipped records at ${counted(passed.skipped, "time")} (SKIPDATA): what left then is not known.`,
        ]),
    ...(counts.unlisted === 0
      ? []
      : [
          `${counted(counts.unlisted, "record")} of ${counted(counts.unlistedInterfaces.size, "interface")} that --interfaces does not list (${someOf([...counts.unlistedInterfaces], 3)}): if they had the group, what left by them is missing.`,
        ]),
  ];
}
