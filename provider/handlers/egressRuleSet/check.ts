import { defaultRegion } from "../../ec2/client";
import { EgressError } from "../../ec2/errors";
import { findPrefixList } from "../../ec2/prefixLists";
import { type Failure, quote } from "../../rule/failure";
import { readFromProgram } from "../../rule/fromProgram";
import { parseGroupId } from "../../rule/ids";
import { parse } from "../../rule/parse";
import { takePrefixListName } from "../../rule/prefixListName";
import { isGiven, isRecord, type UnknownRecord, withoutUndefined } from "../../rule/record";
import type { RuleInputs } from "../../rule/rule";
import { ruleSet, type SaidRule } from "../../rule/ruleSet";
import { MOST_TAGS } from "../../rule/tags";
import { isUnknown, UNKNOWN, type Unknown } from "../../rule/unknown";
import { noteChecked } from "../checkedRules";
import { text } from "../egressRule/state";
import type { Host } from "../host";
import { regionOf } from "../stackDefaults";
import { type EgressRuleSetInputs, weightOf } from "./inputs";

const ARGUMENTS = ["securityGroupId", "rules", "exclusive", "onDestroy", "adopt", "region", "owner"];

/** Every failure of every rule at once, or the inputs in canonical form. */
export async function check(host: Host, news: unknown) {
  const ofStack = host.failures();
  if (ofStack.length > 0) return failed(news, ofStack);

  const settings = host.settings();
  const given = isRecord(news) ? news : {};
  const failures: Failure[] = [];
  checkArguments(given, failures);
  const securityGroupId = groupOf(given.securityGroupId, failures);
  const region = regionOf(given.region, await defaultRegion(settings), failures);
  const said = await saidRules(host, given.rules, securityGroupId ?? UNKNOWN, region, failures);
  const rules = ruleSet(
    said.map(({ rule }) => rule),
    failures,
  );
  const program = readFromProgram(given.__program);
  if (program.refused !== undefined) failures.push({ property: "", reason: program.refused });
  if (failures.length > 0 || securityGroupId === undefined || region === undefined) {
    return failed(news, failures);
  }

  const defaultTags = Object.keys(settings.defaultTags).length > 0 ? settings.defaultTags : undefined;
  const listWeights = Object.fromEntries(said.flatMap(({ listWeight }) => (listWeight ? [listWeight] : [])));
  const inputs: EgressRuleSetInputs = {
    securityGroupId,
    region,
    rules,
    ...withoutUndefined({
      exclusive: isTrue(given.exclusive) || undefined,
      onDestroy: given.onDestroy === "restoreDefault" ? ("restoreDefault" as const) : undefined,
      adopt: isTrue(given.adopt) || undefined,
      defaultTags,
      listWeights: Object.keys(listWeights).length > 0 ? listWeights : undefined,
      owner: text(given.owner),
    }),
  };
  const among = amongOthers(host, inputs, said, program.urn);
  return among === undefined ? { inputs } : failed(news, [{ property: "", reason: among }]);
}

function checkArguments(given: UnknownRecord, failures: Failure[]): void {
  const fail = (property: string, reason: string) => failures.push({ property, reason });
  for (const property of Object.keys(given)) {
    if (!ARGUMENTS.includes(property) && !property.startsWith("__") && isGiven(given[property])) {
      fail(property, `is not an argument of a set of rules: it takes ${ARGUMENTS.slice(0, -1).join(", ")}`);
    }
  }
  for (const property of ["exclusive", "adopt"]) {
    const value = given[property];
    if (isGiven(value) && !isUnknown(value) && ![true, false, "true", "false"].some((one) => one === value)) {
      fail(property, `${quote(value)} is neither true nor false`);
    }
  }
  const { onDestroy, exclusive } = given;
  if (!isGiven(onDestroy) || isUnknown(onDestroy)) return;
  if (onDestroy !== "restoreDefault") fail("onDestroy", `${quote(onDestroy)} is not "restoreDefault"`);
  if (!isTrue(exclusive) && !isUnknown(exclusive)) {
    fail("onDestroy", "goes with exclusive only: without it, the rules of others are left as they are");
  }
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

function groupOf(value: unknown, failures: Failure[]): string | undefined {
  const property = "securityGroupId";
  if (isUnknown(value)) return UNKNOWN;
  if (isGiven(value)) return parseGroupId(value, (reason) => failures.push({ property, reason }));
  failures.push({ property, reason: "is missing: every set needs it" });
  return undefined;
}

interface Said {
  readonly rule: SaidRule | Unknown;
  /** What EC2 says of the rule's prefix list, if that goes by its name and counts as more than one rule. */
  readonly listWeight?: readonly [id: string, weight: number];
}

async function saidRules(
  host: Host,
  value: unknown,
  securityGroupId: string,
  region: string | undefined,
  failures: Failure[],
): Promise<Said[]> {
  if (isUnknown(value)) return [{ rule: UNKNOWN }];
  if (!Array.isArray(value)) {
    failures.push({
      property: "rules",
      reason: `${quote(value)} is not a list of rules: an empty one is []`,
    });
    return [];
  }
  const said = value.map((args: unknown, place) =>
    saidRule(host, args, { property: `rules[${place}]`, securityGroupId, region, failures }),
  );
  return (await Promise.all(said)).flat();
}

interface Place {
  readonly property: string;
  readonly securityGroupId: string;
  readonly region: string | undefined;
  readonly failures: Failure[];
}

async function saidRule(host: Host, args: unknown, place: Place): Promise<Said[]> {
  const { property, securityGroupId, region, failures } = place;
  if (isUnknown(args)) return [{ rule: UNKNOWN }];
  const fail = (ofRule: readonly Failure[]) => {
    // Under no property: the engine would look for the value of one of that name, and show none.
    const lines = ofRule.map((one) => `${[property, one.property].filter(Boolean).join(".")} ${one.reason}`);
    failures.push(...lines.map((reason) => ({ property: "", reason })));
    return [];
  };
  if (!isRecord(args)) return fail([{ property: "", reason: `${quote(args)} is not a record of arguments` }]);
  if (isGiven(args.securityGroupId)) {
    return fail([
      { property: "securityGroupId", reason: "is said once, for the whole set: leave it out here" },
    ]);
  }
  const { args: others, prefixListName, failures: ofName } = takePrefixListName(args);
  // Each would say it again, if the group's own id is bad.
  const parsed = parse({ ...others, securityGroupId });
  const ofRule = "failures" in parsed ? parsed.failures : tooManyTags(host, parsed.inputs);
  if ("failures" in parsed || ofRule.length + ofName.length > 0) return fail([...ofName, ...ofRule]);
  const { inputs } = parsed;
  if (prefixListName === undefined || region === undefined || isUnknown(region)) {
    return [{ rule: { property, inputs } }];
  }
  const name = prefixListName.replaceAll("{region}", region);
  try {
    const { id, weight = 1 } = await findPrefixList(host.target(region), name);
    const rule = { property, inputs: { ...inputs, prefixListId: id } };
    return [{ rule, ...(weight > 1 && { listWeight: [id, weight] as const }) }];
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    return fail([{ property: "prefixListName", reason: `${quote(name)}: ${error.message}` }]);
  }
}

/** The mark takes the place of one. */
function tooManyTags(host: Host, { tags = {} }: RuleInputs): Failure[] {
  if (isUnknown(tags)) return [];
  const count = Object.keys({ ...host.settings().defaultTags, ...tags }).length;
  if (count < MOST_TAGS) return [];
  const reason = `${count} of them, with those of aws:defaultTags, are more than EC2 has room for: keep at most ${MOST_TAGS - 1}`;
  return [{ property: "tags", reason }];
}

function amongOthers(
  host: Host,
  inputs: EgressRuleSetInputs,
  said: readonly Said[],
  urn: string | undefined,
): string | undefined {
  if (urn === undefined || isUnknown(inputs.region)) return undefined;
  const distinct = new Map(
    said.flatMap(({ rule }) =>
      isUnknown(rule) ? [] : [[JSON.stringify(rule.inputs), rule.inputs] as const],
    ),
  );
  const rules = [...distinct.values()].map((rule) => ({ inputs: rule, weight: weightOf(rule, inputs) }));
  const exclusiveGroup = inputs.exclusive ? inputs.securityGroupId : undefined;
  const { client } = host.target(inputs.region);
  return noteChecked(client, { urn, rules, exclusiveGroup }, host.settings().rulesPerGroup);
}

function failed(news: unknown, failures: readonly Failure[]) {
  const inputs = isRecord(news) ? { ...news } : {};
  const { alsoWrong } = readFromProgram(inputs.__program);
  const others = alsoWrong === undefined ? [] : [{ property: "", reason: alsoWrong }];
  return { inputs, failures: [...failures, ...others] };
}
