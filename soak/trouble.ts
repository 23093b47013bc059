import {
  type Befalling,
  type Bucket,
  type Endpoint,
  ec2Buckets,
  type Fault,
  type Hidden,
} from "../test/ec2/endpoint";
import type { Random } from "./random";

/** The trouble during a step. */
export interface Trouble {
  readonly faults?: readonly Befalling[];
  readonly buckets?: Readonly<Record<string, Bucket>>;
  readonly milliseconds?: number;
  readonly hidden?: Hidden;
  /** Whether reads are still stale when everything else is over. */
  readonly staysHidden?: true;
  readonly kill?: Kill;
}

export interface Kill {
  /** The provider's process; the CLI with its descendants; or the CLI, as Ctrl-C ends it. */
  readonly victim: "provider" | "everything" | "interrupt";
  /** The call in progress at that time, and whether it has not yet taken effect. */
  readonly nth: number;
  readonly action: string;
  readonly before: boolean;
}

const CHANGES = [
  "AuthorizeSecurityGroupEgress",
  "RevokeSecurityGroupEgress",
  "ModifySecurityGroupRules",
  "CreateTags",
  "DeleteTags",
];

const stays = { staysHidden: true } as const;

export function anyTrouble(random: Random): Trouble {
  const kind = random.pick([...NOTHING, ...BAD]);
  switch (kind) {
    case "faults":
      return { faults: anyFaults(random) };
    case "stale":
      return { hidden: { rules: random.integer(1, 3) }, ...(random.chance(0.5) && stays) };
    case "throttled":
      return { buckets: smallBuckets(random) };
    case "slow":
      return { milliseconds: random.integer(20, 150) };
    case "kill":
      return { kill: anyKill(random) };
    case "both":
      return {
        faults: anyFaults(random),
        ...(random.chance(0.5) && { hidden: { rules: random.integer(1, 3) } }),
        ...(random.chance(0.5) && stays),
        ...(random.chance(0.5) && { kill: anyKill(random) }),
      };
    default:
      return {};
  }
}

const NOTHING = Array.from({ length: 6 }, () => "nothing");
const BAD = [
  "faults",
  "faults",
  "faults",
  "stale",
  "throttled",
  "slow",
  "kill",
  "kill",
  "kill",
  "both",
  "both",
];

/** Starts all of it except the kill, which needs a wait. */
export async function begin(
  endpoint: Endpoint,
  { faults, buckets, milliseconds, hidden }: Trouble,
): Promise<void> {
  if (faults) await endpoint.befall(faults);
  if (buckets) await endpoint.throttle(buckets);
  if (milliseconds) await endpoint.slow({ milliseconds });
  if (hidden) await endpoint.hide(hidden);
}

export async function end(endpoint: Endpoint, { staysHidden }: Trouble): Promise<void> {
  await endpoint.befall([]);
  await endpoint.throttle({});
  await endpoint.slow({ milliseconds: 0 });
  if (!staysHidden) await endpoint.hide();
}

function anyFaults(random: Random): Befalling[] {
  const count = random.integer(1, 3);
  return Array.from({ length: count }, () => ({
    action: anyAction(random),
    nth: random.integer(1, 4),
    // More often than the provider retries, or fewer times.
    times: random.pick([1, 1, 1, 2, 6]),
    fault: anyFault(random),
  }));
}

function anyFault(random: Random): Fault {
  return random.pick<Fault>([
    { kind: "errorBefore", code: "InternalError", status: 500 },
    { kind: "errorBefore", code: "ServiceUnavailable", status: 503 },
    { kind: "errorBefore", code: "RequestLimitExceeded", status: 503 },
    { kind: "errorBefore", code: "UnauthorizedOperation", status: 403 },
    { kind: "errorAfter", code: "InternalError", status: 500 },
    { kind: "errorAfter", code: "Unavailable", status: 503 },
    { kind: "cutBefore" },
    { kind: "cut", sent: "half" },
    { kind: "cut", sent: "nothing" },
    { kind: "slow", milliseconds: random.integer(50, 500) },
  ]);
}

function smallBuckets(random: Random): Record<string, Bucket> {
  const bucket = { capacity: random.integer(1, 3), perSecond: random.integer(4, 10) };
  return Object.fromEntries(Object.keys(ec2Buckets).map((action) => [action, bucket]));
}

function anyKill(random: Random): Kill {
  // A step has few calls of each action, if any.
  const ofAny = random.chance(0.7);
  return {
    victim: random.pick(["provider", "everything", "everything", "interrupt"]),
    action: ofAny ? "*" : random.pick(CHANGES),
    nth: ofAny ? random.integer(1, 6) : 1,
    before: random.chance(0.4),
  };
}

function anyAction(random: Random): string {
  return random.pick([
    "*",
    "*",
    "*",
    "*",
    "AuthorizeSecurityGroupEgress",
    "DescribeSecurityGroupRules",
    ...CHANGES,
  ]);
}
