import type { Fault } from "../../ec2/endpoint";

/** The fault that hits the calls of a change. */
export interface FaultOfRun {
  /** In the words of the tables in docs/explanation/faults.md. */
  readonly text: string;
  readonly fault?: Fault;
  /** Whether it hits every call, so that it outlasts the AWS SDK's retries, or only the first. */
  readonly always?: true;
  /** How many reads of a rule, from its creation on, show the state before a change. */
  readonly readsBehind?: number;
  /** The possible outcomes. */
  readonly allowed: readonly Outcome[];
}

/** A possible outcome of a case. */
export type Outcome =
  /** The run ends as if nothing had happened. */
  | "right"
  /** The run fails with the fault's own code, and the next one completes the change. */
  | "told"
  /**
   * A set or a lookup after a lost answer sees stale rules, and EC2's error reveals it; the next run completes the
   * change.
   */
  | "contradicted";

/** More reads than a run makes of a rule. */
const WHOLE_RUN = 99;

/** EC2 errors: of a server that failed during a call, and of one that is busy. */
const failed = { code: "InternalError", status: 500 };
const busy = { code: "RequestLimitExceeded", status: 503 };
const lostAnswer: Fault = { kind: "errorAfter", ...failed };

export const FAULTS: readonly FaultOfRun[] = [
  ...beforeEffect("an error before the effect", { kind: "errorBefore", ...failed }),
  ...afterEffect("an error after the effect", lostAnswer),
  ...beforeEffect("the connection cut before the effect", { kind: "cutBefore" }),
  ...afterEffect("the connection cut in mid-answer", { kind: "cut" }),
  ...beforeEffect("throttled", { kind: "errorBefore", ...busy }),
  { text: "slow: 2 seconds", fault: { kind: "slow", milliseconds: 2_000 }, allowed: ["right"] },
  ...stale("the next read is stale", 1),
  ...stale("all reads are stale", WHOLE_RUN),
  ...stale("an error after the effect, once, and the next read is stale", 1, lostAnswer),
  ...stale("an error after the effect, once, and all reads are stale", WHOLE_RUN, lostAnswer),
];

/** A retry recovers from a fault; one that outlasts the retries is reported. */
function beforeEffect(text: string, fault: Fault): FaultOfRun[] {
  return [
    { text: `${text}, once`, fault, allowed: ["right"] },
    { text: `${text}, each time`, fault, always: true, allowed: ["told"] },
  ];
}

/** The effect can be found even if no answer reports it. */
function afterEffect(text: string, fault: Fault): FaultOfRun[] {
  return [
    { text: `${text}, once`, fault, allowed: ["right"] },
    { text: `${text}, each time`, fault, always: true, allowed: ["right", "told"] },
  ];
}

function stale(text: string, readsBehind: number, fault?: Fault): FaultOfRun[] {
  return [{ text, ...(fault && { fault }), readsBehind, allowed: ["right", "contradicted"] }];
}
