import { defaultRegion } from "../../ec2/client";
import type { FoundPrefixList } from "../../ec2/prefixLists";
import { authorizeStep } from "../../ec2/steps";
import type { Failure } from "../../rule/failure";
import { type FromProgram, readFromProgram } from "../../rule/fromProgram";
import { takePrefixListName } from "../../rule/prefixListName";
import { isRecord } from "../../rule/record";
import { isUnknown } from "../../rule/unknown";
import { noteChecked } from "../../run/checkedRules";
import { noteDeclared, noteDeclaredMark } from "../../run/declared";
import type { Host } from "../host";
import { findNamedList, warnOfWeight } from "../namedList";
import { isKnown, preflight } from "../preflight";
import { type EgressRuleInputs, parseInputs } from "./inputs";
import { knownTags, readInputs } from "./state";

/** Every failure at once, or the inputs in canonical form. */
export async function check(host: Host, olds: unknown, news: unknown) {
  const given = isRecord(news) ? news : {};
  if (typeof given.owner === "string") noteDeclaredMark(host, given.owner);
  const ofStack = host.failures();
  if (ofStack.length > 0) return failed(news, ofStack);

  const settings = host.settings();
  const program = readFromProgram(given.__program);
  const { args, prefixListName, failures: ofName } = takePrefixListName(given);
  const parsed = parseInputs(args, { region: await defaultRegion(settings), tags: settings.defaultTags });
  const ofRule = "failures" in parsed ? parsed.failures : [];
  const failures = [...ofName, ...ofRule, ...aboutAll(program.refused)];
  if ("failures" in parsed || failures.length > 0) return failed(news, failures);

  const found = await withPrefixListId(host, parsed.inputs, prefixListName);
  if ("failures" in found) return failed(news, found.failures);

  const { inputs, list } = found;
  const weight = list?.weight ?? 1;
  noteDeclared(host, readInputs(inputs));
  const among = amongOthers(host, { inputs, weight }, program);
  if (among !== undefined) return failed(news, aboutAll(among));
  if (prefixListName !== undefined && !program.silence?.includes("weight")) {
    warnOfWeight(prefixListName, weight, settings.rulesPerGroup);
  }

  const refused =
    settings.preflight && isNew(olds) && isKnown(inputs) ? await preflightCreate(host, inputs) : [];
  return refused.length > 0 ? failed(news, refused) : { inputs: { ...inputs } };
}

function amongOthers(
  host: Host,
  { inputs, weight }: { readonly inputs: EgressRuleInputs; readonly weight: number },
  { urn }: Partial<FromProgram>,
): string | undefined {
  if (urn === undefined || isUnknown(inputs.region)) return undefined;
  const { client } = host.target(inputs.region);
  return noteChecked(client, { urn, rules: [{ inputs, weight }] }, host.settings().rulesPerGroup);
}

/** A list that goes by its name is looked up now, so that preview shows its id and state holds it. */
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

async function preflightCreate(host: Host, inputs: EgressRuleInputs): Promise<Failure[]> {
  const step = authorizeStep(host.target(inputs.region), inputs, knownTags(inputs.tagsAll), inputs.owner);
  const reason = await preflight([step]);
  return reason === undefined ? [] : [{ property: "securityGroupId", reason }];
}
