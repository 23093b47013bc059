import { defaultRegion } from "../../ec2/client";
import { EgressError } from "../../ec2/errors";
import { findPrefixList } from "../../ec2/prefixLists";
import { authorizeStep } from "../../ec2/steps";
import { type Failure, quote } from "../../rule/failure";
import { type FromProgram, readFromProgram } from "../../rule/fromProgram";
import { takePrefixListName } from "../../rule/prefixListName";
import { isRecord } from "../../rule/record";
import { isUnknown } from "../../rule/unknown";
import { publishedWeight, weightText } from "../../rule/weight";
import { noteChecked } from "../checkedRules";
import type { Host } from "../host";
import { isKnown, preflight } from "../preflight";
import { type EgressRuleInputs, parseInputs } from "./inputs";
import { knownTags } from "./state";

/** Every failure at once, or the inputs in canonical form. */
export async function check(host: Host, olds: unknown, news: unknown) {
  const ofStack = host.failures();
  if (ofStack.length > 0) return failed(news, ofStack);

  const settings = host.settings();
  const given = isRecord(news) ? news : {};
  const program = readFromProgram(given.__program);
  const { args, prefixListName, failures: ofName } = takePrefixListName(given);
  const parsed = parseInputs(args, { region: await defaultRegion(settings), tags: settings.defaultTags });
  const ofRule = "failures" in parsed ? parsed.failures : [];
  const failures = [...ofName, ...ofRule, ...aboutAll(program.refused)];
  if ("failures" in parsed || failures.length > 0) return failed(news, failures);

  const found = await withPrefixListId(host, parsed.inputs, prefixListName);
  if ("failures" in found) return failed(news, found.failures);

  const { inputs, weight = 1 } = found;
  const among = amongOthers(host, { inputs, weight }, program);
  if (among !== undefined) return failed(news, aboutAll(among));
  if (!program.silence?.includes("weight")) warnOfWeight(prefixListName, weight, settings.rulesPerGroup);

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

/** The program warns of the lists whose weight AWS publishes, on the resource; EC2 tells that of others only now. */
function warnOfWeight(name: string | undefined, weight: number, quota: number): void {
  if (name === undefined || publishedWeight(name) !== undefined) return;
  const text = weightText(name, weight, quota);
  // The engine shows what a provider's process prints; a dynamic one has no other way to warn.
  if (text !== undefined) console.warn(`warning: ${text} (if it is meant, silence: ["weight"])`);
}

/** A list that goes by its name is looked up now, so that preview shows its id and state holds it. */
async function withPrefixListId(
  host: Host,
  inputs: EgressRuleInputs,
  name: string | undefined,
): Promise<{ inputs: EgressRuleInputs; weight?: number } | { failures: readonly Failure[] }> {
  if (name === undefined || isUnknown(inputs.region)) return { inputs };
  const inRegion = name.replaceAll("{region}", inputs.region);
  try {
    const { id, ...weight } = await findPrefixList(host.target(inputs.region), inRegion);
    return { inputs: { ...inputs, prefixListId: id }, ...weight };
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    return { failures: [{ property: "prefixListName", reason: `${quote(inRegion)}: ${error.message}` }] };
  }
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
