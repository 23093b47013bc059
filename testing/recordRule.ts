import { parseInputs } from "../provider/handlers/egressRule/inputs";
import { readFromProgram } from "../provider/rule/fromProgram";
import { NONE_IGNORED } from "../provider/rule/ignoredTags";
import { isGiven, type UnknownRecord, withoutUndefined } from "../provider/rule/record";
import { takePrefixListName } from "../provider/rule/takePrefixListName";
import type { GivenOut } from "./givenOut";
import { listName, type Recorded, recordedRule, SOME_REGION, unknowns } from "./recordedRule";
import { withStandIns } from "./standIns";

/** A registered resource, with the outputs that EC2 would return, as far as mocks can provide them. */
export interface Registered {
  readonly recorded: Recorded;
  readonly id: string;
  readonly outputs: UnknownRecord;
}

/** Reads the inputs of a registered rule as check does, but accepts the ids that the mocks return. */
export function recordRule(
  name: string,
  given: UnknownRecord,
  test: GivenOut,
  stackRegion: string | undefined,
): Registered {
  const label = `EgressRule "${name}"`;
  const named = takePrefixListName(given);
  const { args, restored, reworded } = withStandIns(named.args, test);
  const defaults = { region: stackRegion ?? SOME_REGION, tags: {}, ignoredTags: NONE_IGNORED };
  const parsed = parseInputs(args, defaults);
  const refused = [...named.failures, ...("failures" in parsed ? parsed.failures : [])];
  const { overQuota: reason } = readFromProgram(given.__program);
  if (reason !== undefined) refused.push({ property: "", reason });
  if ("failures" in parsed || refused.length > 0) {
    const recorded = { label, rules: [], failures: refused.map(reworded), region: stackRegion };
    return registered(name, recorded, { region: SOME_REGION, tagsAll: {}, ...given });
  }
  const region = isGiven(given.region) ? parsed.inputs.region : stackRegion;
  const prefixListId = listName(named.prefixListName, region);
  const inputs = restored({ ...parsed.inputs, ...withoutUndefined({ prefixListId }) });
  const rule = recordedRule(name, inputs);
  const recorded = { label, rules: rule ? [rule] : [], failures: unknowns(inputs), region };
  return registered(name, recorded, { ...inputs });
}

function registered(name: string, recorded: Recorded, outputs: UnknownRecord): Registered {
  const id = `${name}-id`;
  const arn = `arn:aws:ec2:${outputs.region}:123456789012:security-group-rule/${id}`;
  return { recorded, id, outputs: { ...outputs, securityGroupRuleId: id, arn } };
}
