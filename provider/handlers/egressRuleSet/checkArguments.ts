import { type Failure, quote } from "../../rule/failure";
import { parseGroupId } from "../../rule/ids";
import { isGiven, type UnknownRecord, withoutUndefined } from "../../rule/record";
import { parseTags } from "../../rule/tags";
import { isUnknown, UNKNOWN, type Unknown } from "../../rule/unknown";
import { text } from "../egressRule/state";
import type { EgressRuleSetInputs } from "./inputs";

const ARGUMENTS = ["securityGroupId", "rules", "exclusive", "onDestroy", "adopt", "tags", "region"];
/** What the resource class says beside the arguments of the user. */
const OF_THE_CLASS = ["owner", "ruleIds", "listWeights"];

/** The arguments of a set beside its rules, its group and its Region, in canonical form. */
export function checkArguments(
  given: UnknownRecord,
  failures: Failure[],
): Pick<EgressRuleSetInputs, "exclusive" | "onDestroy" | "adopt" | "tags" | "owner"> {
  const known = [...ARGUMENTS, ...OF_THE_CLASS];
  for (const property of Object.keys(given)) {
    if (known.includes(property) || property.startsWith("__") || !isGiven(given[property])) continue;
    const reason = `is not an argument of a set of rules: it takes ${ARGUMENTS.join(", ")}`;
    failures.push({ property, reason });
  }
  const exclusive = flagOf("exclusive", given, failures);
  return withoutUndefined({
    exclusive,
    onDestroy: onDestroyOf(given.onDestroy, exclusive, failures),
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

function onDestroyOf(
  value: unknown,
  exclusive: true | Unknown | undefined,
  failures: Failure[],
): "restoreDefault" | Unknown | undefined {
  const fail = (reason: string) => failures.push({ property: "onDestroy", reason });
  if (!isGiven(value)) return undefined;
  if (isUnknown(value)) return UNKNOWN;
  if (value !== "restoreDefault") fail(`${quote(value)} is not "restoreDefault"`);
  if (exclusive === undefined) {
    fail("goes with exclusive only: without it, the rules of others are left as they are");
  }
  return "restoreDefault";
}
