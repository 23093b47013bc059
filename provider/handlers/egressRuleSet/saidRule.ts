import { eachDestination, underTo } from "../../rule/eachDestination";
import { type Failure, quote } from "../../rule/failure";
import type { IgnoredTags } from "../../rule/ignoredTags";
import { parse } from "../../rule/parse";
import { isGiven, isRecord, type UnknownRecord } from "../../rule/record";
import type { RuleInputs } from "../../rule/rule";
import { argsOfKey } from "../../rule/ruleKey";
import type { SaidRule } from "../../rule/ruleSet";
import { MOST_TAGS, type Tags } from "../../rule/tags";
import { takePrefixListName } from "../../rule/takePrefixListName";
import { isUnknown, type Unknown } from "../../rule/unknown";
import { refuseIgnored } from "../stackDefaults";
import { tagsOfAll } from "./inputs";

/** What all rules of a set share. */
export interface OfSet {
  readonly securityGroupId: string;
  readonly tags?: Tags | Unknown;
  readonly defaultTags: Tags;
  readonly ignoredTags: IgnoredTags;
  readonly owner?: string;
}

/** A rule among the arguments of its set. */
export interface Place {
  /** `rules[3]`. */
  readonly property: string;
  readonly args: unknown;
  /** Where `to` specifies its destination: `to`, or `to[2]`. */
  readonly to?: string;
}

/**
 * The rules of a set, one for each destination; undefined if they are not a list.
 *
 * Accepts a list, or the rules from state if the program ignores changes to them.
 */
export function placesOf(rules: unknown, failures: Failure[]): Place[] | undefined {
  if (Array.isArray(rules)) {
    return rules.flatMap((args: unknown, place) => placesOfOne(`rules[${place}]`, args, failures));
  }
  if (!isRecord(rules)) return undefined;
  return Object.entries(rules).map(([key, rule]) => ({
    property: `rules[${quote(key)}]`,
    args: isRecord(rule) ? { ...argsOfKey(key), ...rule } : rule,
  }));
}

function placesOfOne(property: string, args: unknown, failures: Failure[]): Place[] {
  if (!isRecord(args)) return [{ property, args }];
  return eachDestination(args).flatMap(({ failures: ofTo, ...one }) => {
    failures.push(...ofTo.map(at(property)));
    return ofTo.length > 0 ? [] : [{ property, ...one }];
  });
}

/** The failure of rules that are not a list. */
export function noListFailure(rules: unknown): Failure {
  const what = isGiven(rules) ? `${quote(rules)} is not a list of rules` : "is missing";
  return { property: "rules", reason: `${what}: specify a list, [] for no rules` };
}

/** A rule in canonical form; its prefix list may still need a look-up by name. */
export interface ParsedRule extends SaidRule {
  readonly prefixListName?: string;
}

/** Reads one rule of a set; each failure says where it is. */
export function parseSaidRule(
  { property, args: given, to }: Place,
  ofSet: OfSet,
): ParsedRule | { readonly failures: readonly Failure[] } {
  const refused = (failures: readonly Failure[]) => ({
    failures: failures.map((failure) => at(property)(underTo(to, failure))),
  });
  if (!isRecord(given)) {
    return refused([{ property: "", reason: `${quote(given)} is not an object of arguments` }]);
  }
  const { securityGroupId: ownGroup, silence: _, ...args } = given;
  const { args: others, prefixListName, failures: ofName } = takePrefixListName(args);
  const parsed = parse({ ...others, securityGroupId: ofSet.securityGroupId });
  const ofTags: Failure[] = [];
  if ("inputs" in parsed) refuseIgnored(parsed.inputs.tags, ofSet.ignoredTags, "tags", ofTags);
  const failures = [
    ...saidOnce({ securityGroupId: ownGroup, region: given.region, adopt: given.adopt }),
    ...ofName,
    ...ofTags,
    ...("failures" in parsed ? parsed.failures.filter(isOfRule) : tooManyTags(parsed.inputs, ofSet)),
  ];
  if ("failures" in parsed || failures.length > 0) return refused(failures);
  return {
    property: [property, to].filter(Boolean).join("."),
    inputs: parsed.inputs,
    ...(prefixListName !== undefined && { prefixListName }),
  };
}

/** Report it under no property: the engine would look for a value of that name and show none. */
export function at(place: string): (failure: Failure) => Failure {
  return ({ property, reason }) => ({
    property: "",
    reason: `${[place, property].filter(Boolean).join(".")} ${reason}`,
  });
}

const OF_THE_SET = ["securityGroupId", "region", "adopt"];

function saidOnce(given: UnknownRecord): Failure[] {
  return OF_THE_SET.filter((property) => isGiven(given[property])).map((property) => ({
    property,
    reason: "is set once for the whole set: remove it here",
  }));
}

function isOfRule({ property }: Failure): boolean {
  return !OF_THE_SET.includes(property);
}

/** The claim counts as one tag. */
function tooManyTags({ tags = {} }: RuleInputs, ofSet: OfSet): Failure[] {
  if (isUnknown(tags)) return [];
  const count = Object.keys({ ...tagsOfAll(ofSet), ...tags }).length;
  const room = ofSet.owner === undefined ? MOST_TAGS : MOST_TAGS - 1;
  if (count <= room) return [];
  const reason = `has ${count} entries with those of the set and of aws:defaultTags: keep at most ${room}`;
  return [{ property: "tags", reason }];
}
