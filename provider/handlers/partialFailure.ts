import { EgressError } from "../ec2/errors";
import { isRecord } from "../rule/record";

/** A failure after some calls succeeded: the engine keeps the resulting state, and does the rest at the next `up`. */
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
    // Without this line in state, the engine could neither refresh nor delete the resource.
    const line = isRecord(newProps) ? { __provider: newProps.__provider } : {};
    this.properties = { ...state, ...line };
  }
}
