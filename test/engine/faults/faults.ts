import type { Fault } from "../../ec2/endpoint";

/** What befalls the calls of a change while it is made. */
export interface FaultOfRun {
  /** As the tables of docs/explanation/faults.md say it. */
  readonly text: string;
  readonly fault?: Fault;
  /** Whether it befalls each of the calls, so that it outlasts the AWS SDK's retries, or only the first. */
  readonly always?: true;
  /** How many reads of a rule, from the time when it is made, show it as it was before a change. */
  readonly readsBehind?: number;
  /** What may come of it. */
  readonly allowed: readonly Outcome[];
}

/** What may come of a case. */
export type Outcome =
  /** The run ends as if nothing had happened. */
  | "right"
  /** The run fails with the fault's own code, and the next one does what is left. */
  | "told"
  /** What sees rules as they were, a set or a look after a lost answer, is told so by EC2; the next run finishes. */
  | "contradicted";

/** More reads than a run makes of a rule. */
const WHOLE_RUN = 99;

/** Errors of EC2, as of a server that failed while it carried out a call, and as of one that is busy. */
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

/** Another try makes up for a fault; one that outlasts the tries is told. */
function beforeEffect(text: string, fault: Fault): FaultOfRun[] {
  return [
    { text: `${text}, once`, fault, allowed: ["right"] },
    { text: `${text}, each time`, fault, always: true, allowed: ["told"] },
  ];
}

/** The effect may be found even where no answer tells of it. */
function afterEffect(text: string, fault: Fault): FaultOfRun[] {
  return [
    { text: `${text}, once`, fault, allowed: ["right"] },
    { text: `${text}, each time`, fault, always: true, allowed: ["right", "told"] },
  ];
}

function stale(text: string, readsBehind: number, fault?: Fault): FaultOfRun[] {
  return [{ text, ...(fault && { fault }), readsBehind, allowed: ["right", "contradicted"] }];
}
