import type { EC2Client } from "@aws-sdk/client-ec2";
import { isRecord } from "../../rule/record";

/**
 * Stops the retries of a call after this many milliseconds. The SDK only limits their number, and each try of an
 * unanswered call takes a minute.
 */
export function endRetriesAfter(client: EC2Client, most: number): void {
  client.middlewareStack.add(
    // Each call needs a new one.
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
    // The SDK's own retries come first in this step, so this runs within each try.
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

/** An error that the SDK does not see as retryable. */
class LastTry extends Error {
  /** The SDK stores the number of tries here. */
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
