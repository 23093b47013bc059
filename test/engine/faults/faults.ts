import type { Fault } from "../../ec2/endpoint";

/** What befalls the calls of a change while it is made. */
export interface FaultOfRun {
  /** As the tables of docs/reliability.md say it. */
  readonly text: string;
  readonly fault?: Fault;
  /** Whether it befalls each of the calls, so that it outlasts the AWS SDK's retries, or only the first. */
  readonly always?: true;
  /** How many reads of a rule, from the time when it is made, show it as it was before a change. */
  readonly readsBehind?: number;
}

/** More reads than a run makes of a rule. */
const WHOLE_RUN = 99;

const lostAnswer: Fault = { kind: "errorAfter", code: "InternalError", status: 500 };

const onceAndAlways = (text: string, fault: Fault): FaultOfRun[] => [
  { text: `${text}, once`, fault },
  { text: `${text}, each time`, fault, always: true },
];

export const FAULTS: readonly FaultOfRun[] = [
  ...onceAndAlways("an error before the effect", { kind: "errorBefore", code: "InternalError", status: 500 }),
  ...onceAndAlways("an error after the effect", lostAnswer),
  ...onceAndAlways("the connection cut before the effect", { kind: "cutBefore" }),
  ...onceAndAlways("the connection cut in mid-answer", { kind: "cut" }),
  ...onceAndAlways("throttled", { kind: "errorBefore", code: "RequestLimitExceeded", status: 503 }),
  { text: "slow: 2 seconds", fault: { kind: "slow", milliseconds: 2_000 } },
  { text: "the next read is stale", readsBehind: 1 },
  { text: "all reads are stale", readsBehind: WHOLE_RUN },
  { text: "an error after the effect, once, and the next read is stale", fault: lostAnswer, readsBehind: 1 },
  {
    text: "an error after the effect, once, and all reads are stale",
    fault: lostAnswer,
    readsBehind: WHOLE_RUN,
  },
];
