import { checkArguments, groupOf } from "../provider/handlers/egressRuleSet/checkArguments";
import {
  noListFailure,
  type OfSet,
  type Place,
  parseSaidRule,
  placesOf,
} from "../provider/handlers/egressRuleSet/saidRule";
import { regionOf } from "../provider/handlers/stackDefaults";
import type { Failure } from "../provider/rule/failure";
import { readFromProgram } from "../provider/rule/fromProgram";
import { NONE_IGNORED } from "../provider/rule/ignoredTags";
import { isGiven, isRecord, type UnknownRecord, withoutUndefined } from "../provider/rule/record";
import { type RuleInputs, ruleOf } from "../provider/rule/rule";
import { ruleKey } from "../provider/rule/ruleKey";
import { ruleSet, type SaidRule } from "../provider/rule/ruleSet";
import { hasGroupToItself } from "../provider/rule/strangers";
import { sortedTags, type Tags } from "../provider/rule/tags";
import { isUnknown, UNKNOWN, type Unknown } from "../provider/rule/unknown";
import type { GivenOut } from "./givenOut";
import { listName, NOT_KNOWN, recordedRule, SOME_REGION, unknowns } from "./recordedRule";
import type { Registered } from "./recordRule";
import { withStandIns } from "./standIns";

/** Reads the inputs of a registered set as check does, but accepts the ids that the mocks return. */
export function recordSet(
  name: string,
  given: UnknownRecord,
  test: GivenOut,
  stackRegion: string | undefined,
): Registered {
  const failures: Failure[] = [];
  const { exclusive, strangers, owner, tags } = checkArguments(given, failures);
  const group = groupId(given.securityGroupId, test, failures);
  const region = regionOf(given.region, stackRegion ?? SOME_REGION, failures);
  const ofSet = { defaultTags: {}, ignoredTags: NONE_IGNORED, ...withoutUndefined({ owner, tags }) };
  const ofRules = isGiven(given.region) ? region : stackRegion;
  const said = saidRules(given.rules, ofSet, { group: group ?? "", region: ofRules, test }, failures);
  // If a mock returns one id for all groups, equal rules may have different destinations.
  const alone = said.filter(({ inputs }) => !test.isShared(ruleOf(inputs).destination?.value ?? ""));
  ruleSet(alone, failures);
  const { overQuota: reason } = readFromProgram(given.__program);
  if (reason !== undefined) failures.push({ property: "", reason });

  const first = new Map(alone.toReversed().map((one) => [ruleKey(one.inputs), one]));
  const distinct = said.filter((one) => !alone.includes(one) || first.get(ruleKey(one.inputs)) === one);
  const keyed = distinct.map(({ inputs }) => [ruleKey(inputs) ?? "", inputs] as const);
  const recorded = {
    label: `EgressRuleSet "${name}"`,
    rules:
      failures.length > 0
        ? []
        : keyed.flatMap(([key, inputs]) => recordedRule(`${name}: ${key}`, withTags(inputs, tags)) ?? []),
    failures,
    region: ofRules,
    exclusiveGroup: hasGroupToItself({ exclusive, strangers }) ? group : undefined,
  };
  return { recorded, id: group ?? `${name}-id`, outputs: outputsOf(name, { ...given, region }, keyed) };
}

/** Merges the tags of the set into those of the rule, which take precedence. */
function withTags(inputs: RuleInputs, ofSet: Tags | Unknown | undefined): RuleInputs {
  const { tags: own = {} } = inputs;
  if (ofSet === undefined || isUnknown(ofSet) || isUnknown(own)) return inputs;
  return { ...inputs, tags: sortedTags(Object.entries({ ...ofSet, ...own })) };
}

/** The id of the group, as the mocks return it. */
function groupId(value: unknown, test: GivenOut, failures: Failure[]): string | undefined {
  const { args, reworded } = withStandIns({ securityGroupId: value }, test);
  const own: Failure[] = [];
  const id = groupOf(args.securityGroupId, own);
  if (isUnknown(id)) own.push({ property: "securityGroupId", reason: NOT_KNOWN });
  failures.push(...own.map(reworded));
  return id === undefined || isUnknown(id) || typeof value !== "string" ? undefined : value;
}

interface Context {
  readonly group: string;
  readonly region: string | undefined;
  readonly test: GivenOut;
}

function saidRules(
  value: unknown,
  ofSet: Omit<OfSet, "securityGroupId">,
  context: Context,
  failures: Failure[],
): SaidRule[] {
  const places = placesOf(value, failures);
  if (places === undefined) {
    failures.push(isUnknown(value) ? { property: "rules", reason: NOT_KNOWN } : noListFailure(value));
    return [];
  }
  return places.flatMap((place) => {
    const one = saidRule(place, ofSet, context);
    if (!("failures" in one)) return [one];
    failures.push(...one.failures);
    return [];
  });
}

function saidRule(
  { property: place, args: given, to }: Place,
  ofSet: Omit<OfSet, "securityGroupId">,
  { group, region, test }: Context,
): SaidRule | { readonly failures: readonly Failure[] } {
  if (isUnknown(given)) return { failures: [{ property: place, reason: NOT_KNOWN }] };
  const { securityGroupId, ...others } = isRecord(given) ? given : {};
  const { args, restored, reworded } = withStandIns(others, test);
  const rule = isRecord(given) ? { ...args, ...withoutUndefined({ securityGroupId }) } : given;
  const asked = { property: place, args: rule, ...withoutUndefined({ to }) };
  const parsed = parseSaidRule(asked, { ...ofSet, securityGroupId: UNKNOWN });
  if ("failures" in parsed) return { failures: parsed.failures.map(reworded) };
  const prefixListId = listName(parsed.prefixListName, region);
  const inputs: RuleInputs = {
    ...restored({ ...parsed.inputs, ...withoutUndefined({ prefixListId }) }),
    securityGroupId: group,
  };
  const { property } = parsed;
  const later = unknowns(inputs);
  if (later.length === 0) return { property, inputs };
  return { failures: later.map((one) => ({ ...one, property: `${property} ${one.property}` })) };
}

function outputsOf(
  name: string,
  { securityGroupId, region, exclusive, strangers, tags: ofSet }: UnknownRecord,
  keyed: readonly (readonly [key: string, inputs: RuleInputs])[],
): UnknownRecord {
  const rules = keyed.map(([key, { description, tags }]) => [key, withoutUndefined({ description, tags })]);
  return {
    ...withoutUndefined({ securityGroupId, region, exclusive, strangers, tags: ofSet }),
    rules: Object.fromEntries(rules),
    ruleIds: Object.fromEntries(keyed.map(([key]) => [key, `${name}: ${key}-id`])),
  };
}
