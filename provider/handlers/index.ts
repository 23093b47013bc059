import type * as dynamic from "@pulumi/pulumi/dynamic";
import { makeEgressRule } from "./egressRule";
import { makeEgressRuleSet } from "./egressRuleSet";
import { sharedHost } from "./host";

const shared = sharedHost();

// The engine calls these by name, from the line in state. Last year's state calls them too: their names and the plain
// data that they take and return are a contract.

/** The verbs of `EgressRule`, on plain data. */
export const egressRule: dynamic.ResourceProvider = makeEgressRule(shared);
/** The verbs of `EgressRuleSet`, on plain data. */
export const egressRuleSet: dynamic.ResourceProvider = makeEgressRuleSet(shared);
