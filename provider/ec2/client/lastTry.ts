import type { EC2Client } from "@aws-sdk/client-ec2";
import { isRecord } from "../../rule/record";

/**
 * Ends the retries of a call after so many milliseconds: the SDK bounds them by number alone, and each try of a call
 * that nobody answers takes a minute.
 */
export function endRetriesAfter(client: EC2Client, most: number): void {
  client.middlewareStack.add(
    // Made anew for each call.
    (next) => {
      const end = Date.now() + most;
      return async (call) => {
        try {
          return await next(call);
        } catch (error) {
          throw Date.now() < end ? error : new LastTry(error);
        }
      };
    },
    // After the SDK's own retries in their step, and so within each try.
    { step: "finalizeRequest", priority: "low", name: "endRetries" },
  );
  client.middlewareStack.add(
    (next) => async (call) => {
      try {
        return await next(call);
      } catch (error) {
        throw error instanceof LastTry ? error.asItCame() : error;
      }
    },
    { step: "initialize", name: "tellLastTry" },
  );
}

/** An error of which the SDK does not know that it would have tried again. */
class LastTry extends Error {
  /** The SDK notes here how many tries there were. */
  readonly $metadata = {};

  constructor(private readonly error: unknown) {
    super();
  }

  asItCame(): unknown {
    if (!isRecord(this.error)) return this.error;
    const known = isRecord(this.error.$metadata) ? this.error.$metadata : {};
    return Object.assign(this.error, { $metadata: { ...known, ...this.$metadata } });
  }
}
