/** One EC2 call as it arrived, and what came of it. */
export interface RecordedCall {
  action: string;
  region: string;
  /** The flat form parameters. */
  params: Record<string, string>;
  /** The HTTP status of the answer, 0 until there is one; it stays so where nothing was sent. */
  status: number;
  /** The code of the error, where the answer is one. */
  error?: string;
  /** Whether it was refused because its bucket was empty. */
  throttled: boolean;
  /** Its place in the order of arrival, from 1. */
  started: number;
  /** Its place in the order in which calls were carried out; without one, it was refused before that. */
  acted?: number;
  /** What befell it: the kind of a fault, or else `hold`. */
  fault?: string;
  /** Whether it is a read that showed rules as they were. */
  stale?: true;
}

export function parseCalls(value: unknown): RecordedCall[] {
  if (!Array.isArray(value)) {
    throw new Error("The EC2 endpoint's calls are no list");
  }
  return value.map(parseCall);
}

/** How many calls there are of each action. */
export function countByAction(calls: RecordedCall[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { action } of calls) {
    counts[action] = (counts[action] ?? 0) + 1;
  }
  return counts;
}

export function parseCall(value: unknown): RecordedCall {
  if (
    !isRecord(value) ||
    typeof value.action !== "string" ||
    typeof value.region !== "string" ||
    !isRecord(value.params)
  ) {
    throw new Error(`Not an EC2 call: ${JSON.stringify(value)}`);
  }
  const { action, region, params, status, error, throttled, started, acted, fault, stale } = value;
  const texts = Object.entries(params).map(([key, text]): [string, string] => [key, String(text)]);
  return {
    action,
    region,
    params: Object.fromEntries(texts),
    status: Number(status),
    ...(typeof error === "string" && { error }),
    throttled: throttled === true,
    started: Number(started),
    ...(typeof acted === "number" && { acted }),
    ...(typeof fault === "string" && { fault }),
    ...(stale === true && { stale }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
