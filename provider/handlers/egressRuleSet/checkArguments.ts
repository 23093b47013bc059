import { type Failure, quote } from "../../rule/failure";
import { parseGroupId } from "../../rule/ids";
import { isGiven, type UnknownRecord, withoutUndefined } from "../../rule/record";
import { hasGroupToItself, STRANGERS, type Strangers } from "../../rule/strangers";
import { parseTags } from "../../rule/tags";
import { isUnknown, UNKNOWN, type Unknown } from "../../rule/unknown";
import { text } from "../egressRule/state";
import type { EgressRuleSetInputs } from "./inputs";

const ARGUMENTS = [
  "securityGroupId",
  "rules",
  "exclusive",
  "strangers",
  "onDestroy",
  "adopt",
  "tags",
  "region",
];
/** What the resource class adds to the user's arguments. */
const OF_THE_CLASS = ["owner", "ruleIds", "listWeights"];

/** The arguments of a set besides its rules, group and Region, in canonical form. */
export function checkArguments(
  given: UnknownRecord,
  failures: Failure[],
): Pick<EgressRuleSetInputs, "exclusive" | "strangers" | "onDestroy" | "adopt" | "tags" | "owner"> {
  const known = [...ARGUMENTS, ...OF_THE_CLASS];
  for (const property of Object.keys(given)) {
    if (known.includes(property) || property.startsWith("__") || !isGiven(given[property])) continue;
    const reason = `is not an argument of EgressRuleSet; valid arguments are ${ARGUMENTS.join(", ")}`;
    failures.push({ property, reason });
  }
  const exclusive = flagOf("exclusive", given, failures);
  const strangers = strangersOf(given, failures);
  return withoutUndefined({
    exclusive,
    strangers,
    onDestroy: onDestroyOf(given.onDestroy, { exclusive, strangers }, failures),
    adopt: flagOf("adopt", given, failures),
    tags: parseTags(given.tags, failures),
    owner: text(given.owner),
  });
}

/** The group of a set; undefined if it is invalid. */
export function groupOf(value: unknown, failures: Failure[]): string | undefined {
  const fail = (reason: string) => failures.push({ property: "securityGroupId", reason });
  if (isUnknown(value)) return UNKNOWN;
  if (isGiven(value)) return parseGroupId(value, fail);
  fail("is required");
  return undefined;
}

function flagOf(property: string, given: UnknownRecord, failures: Failure[]): true | Unknown | undefined {
  const value = given[property];
  if (isUnknown(value)) return UNKNOWN;
  if (value === true || value === "true") return true;
  if (isGiven(value) && value !== false && value !== "false") {
    failures.push({ property, reason: `must be true or false; got ${quote(value)}` });
  }
  return undefined;
}

/** If `exclusive` is given too, even as false, one of the two is a mistake. */
function strangersOf(given: UnknownRecord, failures: Failure[]): Strangers | Unknown | undefined {
  const value = given.strangers;
  const fail = (reason: string) => failures.push({ property: "strangers", reason });
  if (!isGiven(value)) return undefined;
  const said = STRANGERS.find((one) => one === value);
  if (said === undefined && !isUnknown(value)) {
    fail(`must be one of ${STRANGERS.map((one) => quote(one)).join(", ")}; got ${quote(value)}`);
  }
  if (isGiven(given.exclusive)) {
    fail(
      'conflicts with exclusive, which means "revoke" except for rules that a controller keeps: specify one of the two',
    );
  }
  return isUnknown(value) ? UNKNOWN : said;
}

function onDestroyOf(
  value: unknown,
  { exclusive, strangers }: { readonly exclusive: unknown; readonly strangers: unknown },
  failures: Failure[],
): "restoreDefault" | Unknown | undefined {
  const fail = (reason: string) => failures.push({ property: "onDestroy", reason });
  if (!isGiven(value)) return undefined;
  if (isUnknown(value)) return UNKNOWN;
  if (value !== "restoreDefault") fail(`must be "restoreDefault"; got ${quote(value)}`);
  const maybeExclusive = [exclusive, strangers].some(isUnknown) || hasGroupToItself({ exclusive, strangers });
  if (!maybeExclusive) {
    fail(
      'requires exclusive, or strangers "revoke" or "refuse": otherwise the set leaves the rules of others in place',
    );
  }
  return "restoreDefault";
}
