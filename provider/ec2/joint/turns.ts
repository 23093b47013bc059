import type { EC2Client } from "@aws-sdk/client-ec2";

/**
 * How long the first call waits for others to join it, in milliseconds: too short to notice, and long enough for the
 * calls that the engine starts together.
 */
const PAUSE = 3;

/** How long calls wait for those of another kind, in milliseconds: a throttled call must not hold up the rest. */
const LONGEST_WAIT = 4_000;

const pause = () => new Promise<void>((resume) => setTimeout(resume, PAUSE));

/** Nobody waits for it to end. */
const sleep = (milliseconds: number) =>
  new Promise<void>((resume) => {
    setTimeout(resume, milliseconds).unref();
  });

/** Sends a call, and holds back later ones until it has ended. */
export type Take = <Answer>(send: () => Promise<Answer>) => Promise<Answer>;

/** Schedules calls one after another; each waits only for the one before it. */
export interface Turns {
  readonly schedule: (dispatch: () => void) => void;
  readonly take: Take;
}

/** A client's waiting and running calls, by kind. */
const busy = new WeakMap<EC2Client, Map<string, Set<Promise<unknown>>>>();

/**
 * @param kind what calls of other kinds may wait for
 * @param after the kind that these calls wait for, four seconds at most, while calls of that kind keep coming: their
 * callers make these calls next, and so they all join
 */
export function makeTurns(client: EC2Client, kind: string, after?: string): Turns {
  let inFlight: Promise<unknown> | undefined;
  const others = after === undefined ? new Set<Promise<unknown>>() : ofKind(client, after);
  const waitForTurn = async () => {
    const end = Date.now() + LONGEST_WAIT;
    if (!inFlight && others.size === 0) return pause();
    for (;;) {
      const left = end - Date.now();
      if (inFlight) await inFlight;
      else if (others.size === 0 || left <= 0) return;
      else await Promise.race([...others, sleep(left)]).then(pause);
    }
  };
  return {
    schedule: (dispatch) => {
      void during(ofKind(client, kind), waitForTurn().then(dispatch));
    },
    take: async (send) => {
      const call = send();
      const ended = settled(call);
      inFlight = ended;
      void during(ofKind(client, kind), ended);
      try {
        return await call;
      } finally {
        if (inFlight === ended) inFlight = undefined;
      }
    },
  };
}

function ofKind(client: EC2Client, kind: string): Set<Promise<unknown>> {
  const kinds = busy.get(client) ?? new Map<string, Set<Promise<unknown>>>();
  busy.set(client, kinds);
  const calls = kinds.get(kind) ?? new Set();
  kinds.set(kind, calls);
  return calls;
}

async function during(calls: Set<Promise<unknown>>, call: Promise<unknown>): Promise<void> {
  calls.add(call);
  await call;
  calls.delete(call);
}

function settled(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => {},
    () => {},
  );
}
