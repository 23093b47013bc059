/**
 * How long the first call of a moment waits for others to join it, in milliseconds: too short to be noticed, and long
 * enough for what the engine asks for in one go.
 */
const PAUSE = 3;

const pause = () => new Promise<void>((resume) => setTimeout(resume, PAUSE));

/** Sends a call, and keeps those that are scheduled in the meantime until it has ended. */
export type Take = <Answer>(send: () => Promise<Answer>) => Promise<Answer>;

/**
 * When calls of one kind are sent: one after the other, but that none waits for more than the one before it, and for
 * calls that lead to its kind.
 */
export interface Turns {
  readonly schedule: (dispatch: () => void) => void;
  readonly take: Take;
  /** The call that is in flight; it does not fail. */
  readonly inFlight: () => Promise<void> | undefined;
}

/**
 * @param before calls of another kind, which those who will want to join wait for: as long as one follows the other,
 *   which ends when all that the engine does at once wait here
 */
export function makeTurns(before?: Turns): Turns {
  let inFlight: Promise<void> | undefined;
  const schedule = async (dispatch: () => void) => {
    if (!before?.inFlight() && !inFlight) await pause();
    for (let ahead = before?.inFlight(); ahead; ahead = before?.inFlight()) {
      await ahead;
      await pause();
    }
    await inFlight;
    dispatch();
  };
  return {
    schedule,
    take: async (send) => {
      const call = send();
      const ended = call.then(
        () => {},
        () => {},
      );
      inFlight = ended;
      try {
        return await call;
      } finally {
        if (inFlight === ended) inFlight = undefined;
      }
    },
    inFlight: () => inFlight,
  };
}
