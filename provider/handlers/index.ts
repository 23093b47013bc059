/**
 * What the engine calls by name, from the line that state holds.
 *
 * State of last year calls these: their names and the plain data they take and return are a contract.
 */
export { egressRule } from "./egressRule";
export { egressRuleSet } from "./egressRuleSet";
