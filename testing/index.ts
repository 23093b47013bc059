/**
 * For the tests of a program: records the outbound rules that it declares under Pulumi's mocks, and has matchers for
 * jest that say what these let out.
 *
 * @module
 */
export type { DestinationKind } from "../provider/rule/destination";
export type { Tags } from "../provider/rule/tags";
export { type EgressMatchers, egressMatchers } from "./matchers";
export type { RecordedRule } from "./recordedRule";
export { type EgressRecorder, recordEgress } from "./recorder";
export type { Traffic } from "./traffic";
