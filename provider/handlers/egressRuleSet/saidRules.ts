import { type Failure, quote } from "../../rule/failure";
import { parse } from "../../rule/parse";
import { takePrefixListName } from "../../rule/prefixListName";
import { isGiven, isRecord, type UnknownRecord } from "../../rule/record";
import type { RuleInputs } from "../../rule/rule";
import { argsOfKey } from "../../rule/ruleKey";
import type { SaidRule } from "../../rule/ruleSet";
import { MOST_TAGS } from "../../rule/tags";
import { isUnknown, UNKNOWN, type Unknown } from "../../rule/unknown";
import type { Host } from "../host";
import { findNamedList } from "../namedList";

/** A rule of a set as check has found it. */
export interface Said {
  readonly rule: SaidRule | Unknown;
  /** The prefix list that it names, and how many rules that counts as, where EC2 says more than one. */
  readonly list?: { readonly name: string; readonly id: string; readonly weight: number };
}

/** What all rules of a set have in common. */
export interface OfSet {
  readonly securityGroupId: string;
  readonly region: string | undefined;
  readonly owner?: string;
}

/** The rules of a set as its program gives them, and what is wrong with each. */
export async function saidRules(
  host: Host,
  value: unknown,
  ofSet: OfSet,
  failures: Failure[],
): Promise<Said[]> {
  if (isUnknown(value)) return [{ rule: UNKNOWN }];
  const places = placesOf(value);
  if (places === undefined) {
    const what = isGiven(value) ? `${quote(value)} is not a list of rules` : "is missing";
    failures.push({ property: "rules", reason: `${what}: an empty list is []` });
    return [];
  }
  const all = await Promise.all(places.map(([property, args]) => saidRule(host, property, args, ofSet)));
  return all.flatMap((one) => {
    if (!("failures" in one)) return [one];
    failures.push(...one.failures);
    return [];
  });
}

/** A list; or, where a program ignores changes of the rules, what state has of them. */
function placesOf(value: unknown): [property: string, args: unknown][] | undefined {
  if (Array.isArray(value)) return value.map((args: unknown, place) => [`rules[${place}]`, args]);
  if (!isRecord(value)) return undefined;
  return Object.entries(value).map(([key, rule]) => [
    `rules[${quote(key)}]`,
    isRecord(rule) ? { ...argsOfKey(key), ...rule } : rule,
  ]);
}

async function saidRule(
  host: Host,
  property: string,
  given: unknown,
  ofSet: OfSet,
): Promise<Said | { readonly failures: readonly Failure[] }> {
  if (isUnknown(given)) return { rule: UNKNOWN };
  const refused = (failures: readonly Failure[]) => ({ failures: failures.map(at(property)) });
  if (!isRecord(given)) {
    return refused([{ property: "", reason: `${quote(given)} is not a record of arguments` }]);
  }
  const { securityGroupId: ownGroup, silence: _, ...args } = given;
  const { args: others, prefixListName, failures: ofName } = takePrefixListName(args);
  const parsed = parse({ ...others, securityGroupId: ofSet.securityGroupId });
  const failures = [
    ...saidOnce({ securityGroupId: ownGroup, region: given.region, adopt: given.adopt }),
    ...ofName,
    ...("failures" in parsed ? parsed.failures.filter(isOfRule) : tooManyTags(host, parsed.inputs, ofSet)),
  ];
  if ("failures" in parsed || failures.length > 0) return refused(failures);

  const { inputs } = parsed;
  const { region } = ofSet;
  if (prefixListName === undefined || region === undefined || isUnknown(region)) {
    return { rule: { property, inputs } };
  }
  const found = await findNamedList(host.target(region), prefixListName);
  if ("failure" in found) return refused([found.failure]);
  const { id, weight = 1 } = found.list;
  const rule = { property, inputs: { ...inputs, prefixListId: id } };
  return { rule, ...(weight > 1 && { list: { name: prefixListName, id, weight } }) };
}

const OF_THE_SET = ["securityGroupId", "region", "adopt"];

function saidOnce(given: UnknownRecord): Failure[] {
  return OF_THE_SET.filter((property) => isGiven(given[property])).map((property) => ({
    property,
    reason: "is said once, for the whole set: leave it out here",
  }));
}

function isOfRule({ property }: Failure): boolean {
  return !OF_THE_SET.includes(property);
}

/** Under no property: the engine would look for the value of one of that name, and show none. */
function at(place: string): (failure: Failure) => Failure {
  return ({ property, reason }) => ({
    property: "",
    reason: `${[place, property].filter(Boolean).join(".")} ${reason}`,
  });
}

/** The mark takes the place of one. */
function tooManyTags(host: Host, { tags = {} }: RuleInputs, { owner }: OfSet): Failure[] {
  if (isUnknown(tags)) return [];
  const count = Object.keys({ ...host.settings().defaultTags, ...tags }).length;
  const room = owner === undefined ? MOST_TAGS : MOST_TAGS - 1;
  if (count <= room) return [];
  const reason = `${count} of them, with those of aws:defaultTags, are more than EC2 has room for: keep at most ${room}`;
  return [{ property: "tags", reason }];
}
