import type * as dynamic from "@pulumi/pulumi/dynamic";
import { makeEgressRule } from "./egressRule";
import { makeEgressRuleSet } from "./egressRuleSet";
import { sharedHost } from "./host";

const shared = sharedHost();

// What the engine calls by name, from the line that state holds. State of last year calls these: their names and the
// plain data they take and return are a contract.

/** The verbs of `EgressRule`, on plain data. */
export const egressRule: dynamic.ResourceProvider = makeEgressRule(shared);
/** The verbs of `EgressRuleSet`, on plain data. */
export const egressRuleSet: dynamic.ResourceProvider = makeEgressRuleSet(shared);
