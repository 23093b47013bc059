export { type EgressMatchers, egressMatchers } from "./matchers";
export type { RecordedRule } from "./recordedRule";
export { type EgressRecorder, recordEgress } from "./recorder";
export type { Traffic } from "./traffic";
