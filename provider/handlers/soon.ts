import { EgressError } from "../ec2/errors";
import { TIME_LIMITS } from "../ec2/timeLimits";

/** Answers a call that a preview makes, or fails if the call takes too long. */
export async function soon<Answer>(call: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const seconds = TIME_LIMITS.preview / 1000;
    const tell = () => reject(new EgressError(`EC2 did not respond within ${seconds} seconds`));
    timer = setTimeout(tell, TIME_LIMITS.preview);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}
