import { defaultRegion } from "../../ec2/client/client";
import { dryRun } from "../../ec2/dryRun";
import type { FoundPrefixList } from "../../ec2/prefixLists";
import type { Failure } from "../../rule/failure";
import { readFromProgram } from "../../rule/fromProgram";
import { withLaterNames } from "../../rule/laterNames";
import { isRecord } from "../../rule/record";
import { takePrefixListName } from "../../rule/takePrefixListName";
import { isKnown, isUnknown } from "../../rule/unknown";
import { aboutAll, isNew, ofOtherVersion, refused } from "../checkOutcome";
import type { Host } from "../host";
import { findNamedList, warnOfWeight } from "../namedPrefixList";
import { type EgressRuleInputs, parseInputs } from "./inputs";
import { wantedRule } from "./state";
import { foretellAdopted } from "./tellAdopted";

/** Returns every failure at once, or the inputs in canonical form. */
export async function check(host: Host, olds: unknown, news: unknown, secrets: readonly string[] = []) {
  const given = isRecord(news) ? news : {};
  const ofStack = await host.failures(given.region);
  if (ofStack.length > 0) return refused(news, ofStack);

  const settings = host.settings();
  const program = readFromProgram(given.__program);
  const ofVersion = ofOtherVersion(program);
  if (ofVersion.length > 0) return refused(news, ofVersion);

  const { args, prefixListName, failures: ofName } = takePrefixListName(given);
  const { defaultTags: tags, ignoredTags } = settings;
  const parsed = parseInputs(args, { region: await defaultRegion(settings), tags, ignoredTags });
  const ofRule = "failures" in parsed ? parsed.failures : [];
  const failures = [...ofName, ...ofRule];
  if ("failures" in parsed || failures.length > 0) return refused(news, failures);

  const found = await withPrefixListId(host, parsed.inputs, prefixListName);
  if ("failures" in found) return refused(news, found.failures);

  const { inputs, list } = found;
  const weight = list?.weight ?? 1;
  const { urn, silence, later = {}, overQuota } = program;
  const rules = [{ inputs, named: withLaterNames(inputs, later), weight }];
  const among =
    urn === undefined ? undefined : host.run.checked.note({ urn, rules, overQuota }, settings.rulesPerGroup);
  if (among !== undefined) return refused(news, aboutAll(among));
  if (prefixListName !== undefined && list !== undefined && !silence?.includes("weight")) {
    warnOfWeight(prefixListName, list.weight, settings.rulesPerGroup);
  }

  const isToAsk = settings.preflight && isNew(olds) && isKnown(inputs);
  const reason = isToAsk ? await preflight(host, inputs) : undefined;
  if (reason !== undefined) return refused(news, [{ property: "securityGroupId", reason }]);
  if (program.preview && isNew(olds)) await foretellAdopted(host, urn, inputs, secrets.length > 0);
  return { inputs: { ...inputs } };
}

/** Looks the list up by its name now, so that preview shows its id and state holds it. */
async function withPrefixListId(
  host: Host,
  inputs: EgressRuleInputs,
  name: string | undefined,
): Promise<{ inputs: EgressRuleInputs; list?: FoundPrefixList } | { failures: readonly Failure[] }> {
  if (name === undefined || isUnknown(inputs.region)) return { inputs };
  const found = await findNamedList(host.target(inputs.region), name);
  if ("failure" in found) return { failures: [found.failure] };
  return { inputs: { ...inputs, prefixListId: found.list.id }, list: found.list };
}

async function preflight(host: Host, inputs: EgressRuleInputs): Promise<string | undefined> {
  const rule = wantedRule(inputs, host.run.claim(inputs.owner));
  const step = { action: "authorize", rules: [rule], tags: rule.tags } as const;
  return dryRun(host.target(inputs.region), inputs.securityGroupId, [step]);
}
