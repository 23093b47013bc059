import { addressFamily } from "./addressFamily";
import { adminPorts } from "./adminPorts";
import { anywhere } from "./anywhere";
import { databasePorts } from "./databasePorts";
import { exclusiveAppears, exclusiveGoes } from "./exclusiveSet";
import type { Facts } from "./facts";
import { type Finding, type Kind, SEVERITIES } from "./finding";
import { ipv6Forgotten } from "./ipv6Forgotten";
import { ipv6Opened } from "./ipv6Opened";
import { liveTraffic } from "./liveTraffic";
import { notKnown } from "./notKnown";
import { publicPortRange } from "./publicPortRange";
import { quotaUsed } from "./quotaUsed";
import { redundantRule } from "./redundantRule";
import { untrackedFlow } from "./untrackedFlow";

/** All kinds of finding. They report only what this change causes, not what was already there. */
export const KINDS: readonly Kind[] = [
  anywhere,
  addressFamily,
  adminPorts,
  databasePorts,
  publicPortRange,
  notKnown,
  untrackedFlow,
  exclusiveAppears,
  exclusiveGoes,
  quotaUsed,
  liveTraffic,
  redundantRule,
  ipv6Opened,
  ipv6Forgotten,
];

/** The findings for one group, most severe first. */
export function findingsOf(facts: Facts): Finding[] {
  return KINDS.flatMap(({ id, severity, why, find }) =>
    find(facts).map((found) => ({ id, severity, why, ...found })),
  ).sort((one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity));
}

export type { Finding, Kind, Severity } from "./finding";
export { SEVERITIES } from "./finding";
