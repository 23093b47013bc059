import { defaultRegion } from "../../ec2/client/client";
import { dryRun } from "../../ec2/dryRun";
import type { Failure } from "../../rule/failure";
import { type FromProgram, readFromProgram } from "../../rule/fromProgram";
import { withLaterNames } from "../../rule/laterNames";
import { plan } from "../../rule/plan/plan";
import { isGiven, isRecord } from "../../rule/record";
import { ruleSet } from "../../rule/ruleSet";
import { hasGroupToItself, namesStrangers } from "../../rule/strangers";
import { isKnown, isUnknown, UNKNOWN } from "../../rule/unknown";
import { aboutAll, isNew, ofOtherVersion, refused } from "../checkOutcome";
import type { Host } from "../host";
import { warnOfWeight } from "../namedPrefixList";
import { refuseIgnored, regionOf } from "../stackDefaults";
import { checkArguments, groupOf } from "./checkArguments";
import { type EgressRuleSetInputs, readSetInputs, textOfInputs } from "./inputs";
import { lookAhead } from "./lookAhead";
import { type Said, saidRules } from "./saidRules";
import { checkedSet, foretellNew, mayAdopt } from "./tellChange";
import { foretellStrangers } from "./tellStrangers";
import { wantedRules, weightOf } from "./wanted";

/** Returns every failure of every rule at once, or the inputs in canonical form. */
export async function check(host: Host, olds: unknown, news: unknown, secrets: readonly string[] = []) {
  const given = isRecord(news) ? news : {};
  const ofStack = await host.failures(given.region);
  if (ofStack.length > 0) return refused(news, ofStack);

  const settings = host.settings();
  const program = readFromProgram(given.__program);
  const ofVersion = ofOtherVersion(program);
  if (ofVersion.length > 0) return refused(news, ofVersion);

  const failures: Failure[] = [];
  const args = checkArguments(given, failures);
  refuseIgnored(args.tags, settings.ignoredTags, "tags", failures);
  const securityGroupId = groupOf(given.securityGroupId, failures);
  const region = regionOf(given.region, await defaultRegion(settings), failures);
  const { defaultTags, ignoredTags } = settings;
  const ofSet = { ...args, securityGroupId: securityGroupId ?? UNKNOWN, region, defaultTags, ignoredTags };
  const said = await saidRules(host, given.rules, ofSet, failures);
  const rules = ruleSet(
    said.map(({ rule }) => rule),
    failures,
  );
  if (failures.length > 0 || securityGroupId === undefined || region === undefined) {
    return refused(news, failures);
  }

  const listWeights = {
    // Rules that `ignoreChanges` keeps from state no longer name a list.
    ...(Array.isArray(given.rules) ? {} : readSetInputs(olds).listWeights),
    ...Object.fromEntries(
      said.flatMap(({ list }) =>
        list?.weight !== undefined && list.weight > 1 ? [[list.id, list.weight]] : [],
      ),
    ),
  };
  const inputs: EgressRuleSetInputs = {
    securityGroupId,
    region,
    rules,
    ...args,
    ...(Object.keys(defaultTags).length > 0 && { defaultTags }),
    ...(Object.keys(listWeights).length > 0 && { listWeights }),
  };
  const isSecret = secrets.some((name) => /^rules\b/.test(name));
  const set = checkedSet(program, isSecret ? "secret" : isUnknown(given.rules) ? "unknown" : "known");
  host.run.noteSet(textOfInputs(readSetInputs(inputs)), set);
  host.run.checked.foretell(securityGroupId, program.beside ?? {});
  const among = notedAmong(host, program, inputs, said);
  if (among !== undefined) return refused(news, aboutAll(among));
  if (!program.silence?.includes("weight")) {
    for (const { list } of said) if (list) warnOfWeight(list.name, list.weight, settings.rulesPerGroup);
  }
  const isOfStrangers = namesStrangers(inputs) || (isNew(olds) && hasGroupToItself(inputs));
  const isToLook = isOfStrangers || (isNew(olds) && program.preview === true && mayAdopt(inputs));
  const found =
    isToLook && ![region, securityGroupId].some(isUnknown)
      ? await lookAhead(host.target(region), inputs)
      : undefined;
  const inTheWay = found && isOfStrangers ? foretellStrangers(host.run, found, inputs, olds) : undefined;
  if (inTheWay !== undefined) return refused(news, aboutAll(inTheWay));
  const reason =
    settings.preflight && isNew(olds) && isKnown(inputs) ? await preflight(host, inputs) : undefined;
  if (reason !== undefined) return refused(news, [{ property: "securityGroupId", reason }]);
  if (isNew(olds)) foretellNew(set, inputs, found);
  // The engine marks an output secret if the input of the same name is secret, so pass this on.
  return { inputs: { ...inputs, ...(isGiven(given.ruleIds) && { ruleIds: given.ruleIds }) } };
}

/** What the set and the other resources of the program disagree about, if anything. */
function notedAmong(
  host: Host,
  { urn, later = {}, overQuota }: Partial<FromProgram>,
  inputs: EgressRuleSetInputs,
  said: readonly Said[],
): string | undefined {
  if (urn === undefined) return undefined;
  const distinct = new Map(
    said.flatMap(({ rule }) => {
      if (isUnknown(rule)) return [];
      const named = withLaterNames(rule.inputs, later, `${rule.property}.`);
      return [[JSON.stringify(named), { inputs: rule.inputs, named }] as const];
    }),
  );
  const rules = [...distinct.values()].map((rule) => ({ ...rule, weight: weightOf(rule.inputs, inputs) }));
  const { securityGroupId: group } = inputs;
  const ownGroup = isUnknown(group) ? later.securityGroupId : group;
  const exclusiveGroup = hasGroupToItself(inputs) ? ownGroup : undefined;
  return host.run.checked.note({ urn, rules, exclusiveGroup, overQuota }, host.settings().rulesPerGroup);
}

async function preflight(host: Host, inputs: EgressRuleSetInputs): Promise<string | undefined> {
  const steps = plan(wantedRules(inputs, host.run.claim(inputs.owner)), []);
  return dryRun(host.target(inputs.region), inputs.securityGroupId, steps);
}
