/**
 * How long the first call of a moment waits for others to join it, in milliseconds: too short to be noticed, and long
 * enough for what the engine asks for in one go.
 */
const PAUSE = 3;

/** Sends a call, and keeps those that are scheduled in the meantime until it has ended. */
export type Take = <Answer>(send: () => Promise<Answer>) => Promise<Answer>;

/** When calls of one kind are sent: one after the other, but that none waits for more than the one before it. */
export interface Turns {
  readonly schedule: (dispatch: () => void) => void;
  readonly take: Take;
  /** The call that is in flight; it does not fail. */
  readonly inFlight: () => Promise<void> | undefined;
}

/** @param before calls of another kind, which those who will want to join wait for */
export function makeTurns(before?: Turns): Turns {
  let inFlight: Promise<void> | undefined;
  return {
    schedule: (dispatch) => {
      const ahead = before?.inFlight();
      if (ahead) Promise.all([ahead, inFlight]).then(() => setTimeout(dispatch, PAUSE));
      else if (inFlight) inFlight.then(dispatch);
      else setTimeout(dispatch, PAUSE);
    },
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
