/**
 * Test helpers: a recorder of the outbound rules that a program declares under Pulumi's mocks, and Jest matchers that
 * assert which traffic these rules allow.
 *
 * @module
 */
export type { DestinationKind } from "../provider/rule/destination";
export type { Tags } from "../provider/rule/tags";
export { type EgressMatchers, egressMatchers } from "./matchers";
export type { RecordedRule } from "./recordedRule";
export { type EgressRecorder, recordEgress } from "./recorder";
export type { Traffic } from "./traffic";
