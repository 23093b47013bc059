import { errorCode, isGroupMissing } from "./errors";

const LONGEST_WAIT = 120_000;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 10_000;

/** Sends a call again while its group, made a moment ago, is not yet visible; for two minutes at most. */
export async function waitForGroup<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  const end = Date.now() + LONGEST_WAIT;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await send();
    } catch (error) {
      if (!mayAppear(error) || Date.now() + pause > end) throw error;
      if (pause === FIRST_PAUSE) console.error(`${textOf(error)}: waiting up to 2 minutes for it to appear`);
    }
    await new Promise((resume) => setTimeout(resume, pause));
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A malformed id never becomes a group. */
function mayAppear(error: unknown): boolean {
  return isGroupMissing(error) && !errorCode(error).endsWith(".Malformed");
}
