import { EgressError } from "../ec2/errors";
import { isRecord } from "../rule/record";

/**
 * A failure after some calls were made: the engine keeps the state they led to, and does the rest at the next `up`.
 */
export class PartialFailure extends EgressError {
  readonly reasons: readonly string[];
  readonly properties: object;

  constructor(
    cause: EgressError,
    readonly id: string,
    state: object,
    newProps: unknown,
  ) {
    super(cause.message, { cause });
    this.reasons = [cause.message];
    // Without this line in them, the engine could neither refresh nor delete the resource any more.
    const line = isRecord(newProps) ? { __provider: newProps.__provider } : {};
    this.properties = { ...state, ...line };
  }
}
