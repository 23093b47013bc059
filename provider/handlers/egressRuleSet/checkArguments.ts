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
/** What the resource class says beside the arguments of the user. */
const OF_THE_CLASS = ["owner", "ruleIds", "listWeights"];

/** The arguments of a set beside its rules, its group and its Region, in canonical form. */
export function checkArguments(
  given: UnknownRecord,
  failures: Failure[],
): Pick<EgressRuleSetInputs, "exclusive" | "strangers" | "onDestroy" | "adopt" | "tags" | "owner"> {
  const known = [...ARGUMENTS, ...OF_THE_CLASS];
  for (const property of Object.keys(given)) {
    if (known.includes(property) || property.startsWith("__") || !isGiven(given[property])) continue;
    const reason = `is not an argument of a set of rules: it takes ${ARGUMENTS.join(", ")}`;
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

/** The group of a set; undefined where it is wrong. */
export function groupOf(value: unknown, failures: Failure[]): string | undefined {
  const fail = (reason: string) => failures.push({ property: "securityGroupId", reason });
  if (isUnknown(value)) return UNKNOWN;
  if (isGiven(value)) return parseGroupId(value, fail);
  fail("is missing: every set needs it");
  return undefined;
}

function flagOf(property: string, given: UnknownRecord, failures: Failure[]): true | Unknown | undefined {
  const value = given[property];
  if (isUnknown(value)) return UNKNOWN;
  if (value === true || value === "true") return true;
  if (isGiven(value) && value !== false && value !== "false") {
    failures.push({ property, reason: `${quote(value)} is neither true nor false` });
  }
  return undefined;
}

/** Where `exclusive` is given too, be it false, one of the two is a mistake. */
function strangersOf(given: UnknownRecord, failures: Failure[]): Strangers | Unknown | undefined {
  const value = given.strangers;
  const fail = (reason: string) => failures.push({ property: "strangers", reason });
  if (!isGiven(value)) return undefined;
  const said = STRANGERS.find((one) => one === value);
  if (said === undefined && !isUnknown(value)) {
    fail(`${quote(value)} is none of ${STRANGERS.map((one) => quote(one)).join(", ")}`);
  }
  if (isGiven(given.exclusive)) {
    fail(
      'is said beside exclusive, which is short for "revoke" but for what a controller keeps: leave out one of the two',
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
  if (value !== "restoreDefault") fail(`${quote(value)} is not "restoreDefault"`);
  const maybeExclusive = [exclusive, strangers].some(isUnknown) || hasGroupToItself({ exclusive, strangers });
  if (!maybeExclusive) {
    fail(
      'goes with exclusive, or strangers "revoke" or "refuse", only: else the rules of others are left as they are',
    );
  }
  return "restoreDefault";
}
