import type { FoundPrefixList } from "../../ec2/prefixLists";
import type { Failure } from "../../rule/failure";
import type { SaidRule } from "../../rule/ruleSet";
import { isUnknown, UNKNOWN, type Unknown } from "../../rule/unknown";
import type { Host } from "../host";
import { findNamedList } from "../namedPrefixList";
import { at, noListFailure, type OfSet, type Place, parseSaidRule, placesOf } from "./saidRule";

/** A rule of a set after check. */
export interface Said {
  readonly rule: SaidRule | Unknown;
  /** The prefix list that the rule names. */
  readonly list?: FoundPrefixList & { readonly name: string };
}

/** The rules of a set as the program gives them, in canonical form, and what is wrong with each. */
export async function saidRules(
  host: Host,
  value: unknown,
  ofSet: OfSet & { readonly region: string | undefined },
  failures: Failure[],
): Promise<Said[]> {
  if (isUnknown(value)) return [{ rule: UNKNOWN }];
  const places = placesOf(value, failures);
  if (places === undefined) {
    failures.push(noListFailure(value));
    return [];
  }
  const all = await Promise.all(places.map((place) => saidRule(host, place, ofSet)));
  const refused = all.flatMap((one) => ("failures" in one ? one.failures : []));
  // A failure in a rule with several destinations affects each of them.
  failures.push(...new Map(refused.map((failure) => [failure.reason, failure])).values());
  return all.flatMap((one) => ("failures" in one ? [] : [one]));
}

async function saidRule(
  host: Host,
  place: Place,
  ofSet: OfSet & { readonly region: string | undefined },
): Promise<Said | { readonly failures: readonly Failure[] }> {
  if (isUnknown(place.args)) return { rule: UNKNOWN };
  const parsed = parseSaidRule(place, ofSet);
  if ("failures" in parsed) return parsed;
  const { prefixListName: name, property, inputs } = parsed;
  const { region } = ofSet;
  if (name === undefined || region === undefined || isUnknown(region)) return { rule: { property, inputs } };

  const found = await findNamedList(host.target(region), name);
  if ("failure" in found) return { failures: [at(property)(found.failure)] };
  const rule = { property, inputs: { ...inputs, prefixListId: found.list.id } };
  return { rule, list: { name, ...found.list } };
}
