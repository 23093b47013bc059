import { discreetly } from "../rule/discreetly";
import { errorCode, isGroupMissing, textOf } from "./errors";

const LONGEST_WAIT = 120_000;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 10_000;

/** Lines already printed: callers that share a request share one error. */
const told = new WeakSet<object>();

/**
 * Retries a call while a new group is not visible yet; for two minutes at most.
 *
 * @param old a group that is not new: if EC2 cannot find it, it is gone
 */
export async function waitForGroup<Answer>(send: () => Promise<Answer>, old?: string): Promise<Answer> {
  const end = Date.now() + LONGEST_WAIT;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await send();
    } catch (error) {
      const isGone = old !== undefined && textOf(error).includes(old);
      if (isGone || !mayAppear(error) || Date.now() + pause > end) throw error;
      if (pause === FIRST_PAUSE) tellOnce(error);
    }
    await new Promise((resume) => setTimeout(resume, pause));
  }
}

function tellOnce(error: unknown): void {
  const key = Object(error);
  if (!told.has(key)) console.error(discreetly(`${textOf(error)}: waiting up to 2 minutes for it to appear`));
  told.add(key);
}

/** A malformed id never becomes a group. */
function mayAppear(error: unknown): boolean {
  return isGroupMissing(error) && !errorCode(error).endsWith(".Malformed");
}
