import type { Reader } from "../reader";
import { awsDefaultGroup } from "./awsDefaultGroup";
import { awsEgressRule } from "./awsEgressRule";
import { awsGroup } from "./awsGroup";
import { awsGroupRule } from "./awsGroupRule";
import { egressRule } from "./egressRule";
import { egressRuleSet } from "./egressRuleSet";
import { nativeEgress } from "./nativeEgress";
import { nativeGroup } from "./nativeGroup";

/** A reader for each type of resource that specifies outbound rules, by token. All other types are ignored. */
export const READERS: ReadonlyMap<string, Reader> = new Map(
  [
    egressRule,
    egressRuleSet,
    awsEgressRule,
    awsGroupRule,
    awsGroup,
    awsDefaultGroup,
    nativeEgress,
    nativeGroup,
  ].map((reader) => [reader.type, reader]),
);
