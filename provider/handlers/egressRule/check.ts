import { defaultRegion } from "../../ec2/client";
import { EgressError } from "../../ec2/errors";
import { findPrefixListId } from "../../ec2/prefixLists";
import { authorizeStep } from "../../ec2/steps";
import { type Failure, quote } from "../../rule/failure";
import { takePrefixListName } from "../../rule/prefixListName";
import { isRecord } from "../../rule/record";
import { isUnknown } from "../../rule/unknown";
import type { Host } from "../host";
import { isKnown, preflight } from "../preflight";
import { type EgressRuleInputs, parseInputs } from "./inputs";
import { knownTags, text } from "./state";

/** Every failure at once, or the inputs in canonical form. */
export async function check(host: Host, olds: unknown, news: unknown) {
  const ofStack = host.failures();
  if (ofStack.length > 0) return failed(news, ofStack);

  const settings = host.settings();
  const given = isRecord(news) ? news : {};
  const { args, prefixListName, failures: ofName } = takePrefixListName(given);
  const parsed = parseInputs(args, { region: await defaultRegion(settings), tags: settings.defaultTags });
  const ofRule = "failures" in parsed ? parsed.failures : [];
  const failures = [...ofName, ...ofRule, ...programFailure(given.__sameRule)];
  if ("failures" in parsed || failures.length > 0) return failed(news, failures);

  const found = await withPrefixListId(host, parsed.inputs, prefixListName);
  if ("failures" in found) return failed(news, found.failures);

  const { inputs } = found;
  const refused =
    settings.preflight && isNew(olds) && isKnown(inputs) ? await preflightCreate(host, inputs) : [];
  return refused.length > 0 ? failed(news, refused) : { inputs: { ...inputs } };
}

/** A list that goes by its name is looked up now, so that preview shows its id and state holds it. */
async function withPrefixListId(
  host: Host,
  inputs: EgressRuleInputs,
  name: string | undefined,
): Promise<{ inputs: EgressRuleInputs } | { failures: readonly Failure[] }> {
  if (name === undefined || isUnknown(inputs.region)) return { inputs };
  const inRegion = name.replaceAll("{region}", inputs.region);
  try {
    return {
      inputs: { ...inputs, prefixListId: await findPrefixListId(host.target(inputs.region), inRegion) },
    };
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    return { failures: [{ property: "prefixListName", reason: `${quote(inRegion)}: ${error.message}` }] };
  }
}

/** With what the program has found wrong with other rules, as the engine goes no further after this one. */
function failed(news: unknown, failures: readonly Failure[]) {
  const inputs = isRecord(news) ? { ...news } : {};
  return { inputs, failures: [...failures, ...programFailure(inputs.__alsoWrong)] };
}

/** What the program says is wrong; it is about no one property. */
function programFailure(reason: unknown): Failure[] {
  const given = text(reason);
  return given === undefined ? [] : [{ property: "", reason: given }];
}

function isNew(olds: unknown): boolean {
  return !isRecord(olds) || olds.securityGroupId === undefined;
}

async function preflightCreate(host: Host, inputs: EgressRuleInputs): Promise<Failure[]> {
  const step = authorizeStep(host.target(inputs.region), inputs, knownTags(inputs.tagsAll), inputs.owner);
  const reason = await preflight([step]);
  return reason === undefined ? [] : [{ property: "securityGroupId", reason }];
}
