import { defaultRegion } from "../../ec2/client";
import type { Failure } from "../../rule/failure";
import { type FromProgram, readFromProgram } from "../../rule/fromProgram";
import { isGiven, isRecord } from "../../rule/record";
import { ruleSet } from "../../rule/ruleSet";
import { isUnknown, UNKNOWN } from "../../rule/unknown";
import { noteChecked } from "../../run/checkedRules";
import { noteDeclared, noteDeclaredMark } from "../../run/declared";
import type { Host } from "../host";
import { warnOfWeight } from "../namedList";
import { isKnown, preflight } from "../preflight";
import { regionOf } from "../stackDefaults";
import { checkArguments, groupOf } from "./checkArguments";
import { changeSteps } from "./dryRun";
import { type EgressRuleSetInputs, readSetInputs } from "./inputs";
import { type Said, saidRules } from "./saidRules";
import { foretellStrangers } from "./strangers";
import { weightOf } from "./wanted";

/** Every failure of every rule at once, or the inputs in canonical form. */
export async function check(host: Host, olds: unknown, news: unknown) {
  const given = isRecord(news) ? news : {};
  if (typeof given.owner === "string") noteDeclaredMark(host, given.owner);
  const ofStack = host.failures();
  if (ofStack.length > 0) return failed(news, ofStack);

  const settings = host.settings();
  const program = readFromProgram(given.__program);
  const failures: Failure[] = [];
  const args = checkArguments(given, failures);
  const securityGroupId = groupOf(given.securityGroupId, failures);
  const region = regionOf(given.region, await defaultRegion(settings), failures);
  const { defaultTags } = settings;
  const ofSet = { ...args, securityGroupId: securityGroupId ?? UNKNOWN, region, defaultTags };
  const said = await saidRules(host, given.rules, ofSet, failures);
  const rules = ruleSet(
    said.map(({ rule }) => rule),
    failures,
  );
  failures.push(...aboutAll(program.refused));
  if (failures.length > 0 || securityGroupId === undefined || region === undefined) {
    return failed(news, failures);
  }

  const listWeights = {
    // Rules that are kept as state has them name no list any more.
    ...(Array.isArray(given.rules) ? {} : readSetInputs(olds).listWeights),
    ...Object.fromEntries(said.flatMap(({ list }) => (list ? [[list.id, list.weight]] : []))),
  };
  const inputs: EgressRuleSetInputs = {
    securityGroupId,
    region,
    rules,
    ...args,
    ...(Object.keys(defaultTags).length > 0 && { defaultTags }),
    ...(Object.keys(listWeights).length > 0 && { listWeights }),
  };
  noteDeclared(host, readSetInputs(inputs));
  const among = amongOthers(host, inputs, said, program);
  if (among !== undefined) return failed(news, aboutAll(among));
  if (!program.silence?.includes("weight")) {
    for (const { list } of said) if (list) warnOfWeight(list.name, list.weight, settings.rulesPerGroup);
  }
  const isToTell = isNew(olds) && inputs.exclusive === true && ![region, securityGroupId].some(isUnknown);
  const inTheWay = isToTell ? await foretellStrangers(host.target(region), inputs) : undefined;
  if (inTheWay !== undefined) return failed(news, aboutAll(inTheWay));
  const refused = settings.preflight && isNew(olds) ? await preflightCreate(host, inputs) : [];
  if (refused.length > 0) return failed(news, refused);
  // Passed on for the engine, which takes the outputs of these names for secret where these are.
  const { ruleIds, marks } = given;
  return { inputs: { ...inputs, ...(isGiven(ruleIds) && { ruleIds }), ...(isGiven(marks) && { marks }) } };
}

function amongOthers(
  host: Host,
  inputs: EgressRuleSetInputs,
  said: readonly Said[],
  { urn }: Partial<FromProgram>,
): string | undefined {
  if (urn === undefined || isUnknown(inputs.region)) return undefined;
  const distinct = new Map(
    said.flatMap(({ rule }) =>
      isUnknown(rule) ? [] : [[JSON.stringify(rule.inputs), rule.inputs] as const],
    ),
  );
  const rules = [...distinct.values()].map((rule) => ({ inputs: rule, weight: weightOf(rule, inputs) }));
  const exclusiveGroup = inputs.exclusive === true ? inputs.securityGroupId : undefined;
  const { client } = host.target(inputs.region);
  return noteChecked(client, { urn, rules, exclusiveGroup }, host.settings().rulesPerGroup);
}

/** With what the program has found wrong with other rules, as the engine goes no further after this one. */
function failed(news: unknown, failures: readonly Failure[]) {
  const inputs = isRecord(news) ? { ...news } : {};
  const { alsoWrong } = readFromProgram(inputs.__program);
  return { inputs, failures: [...failures, ...aboutAll(alsoWrong)] };
}

/** What is about no one property. */
function aboutAll(reason: string | undefined): Failure[] {
  return reason === undefined ? [] : [{ property: "", reason }];
}

function isNew(olds: unknown): boolean {
  return !isRecord(olds) || olds.securityGroupId === undefined;
}

async function preflightCreate(host: Host, inputs: EgressRuleSetInputs): Promise<Failure[]> {
  if (!isKnown(inputs)) return [];
  const reason = await preflight(changeSteps(host.target(inputs.region), inputs, undefined));
  return reason === undefined ? [] : [{ property: "securityGroupId", reason }];
}
