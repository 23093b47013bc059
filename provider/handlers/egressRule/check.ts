import { defaultRegion } from "../../ec2/client";
import { authorizeStep } from "../../ec2/steps";
import type { Failure } from "../../rule/failure";
import { isRecord } from "../../rule/record";
import { isUnknown } from "../../rule/unknown";
import type { Host } from "../host";
import { preflight } from "../preflight";
import { type EgressRuleInputs, parseInputs } from "./inputs";
import { knownTags, text } from "./state";

/** Every failure at once, or the inputs in canonical form. */
export async function check(host: Host, olds: unknown, news: unknown) {
  const ofStack = host.failures();
  if (ofStack.length > 0) return failed(news, ofStack);

  const settings = host.settings();
  const parsed = parseInputs(news, { region: await defaultRegion(settings), tags: settings.defaultTags });
  if ("failures" in parsed) return failed(news, parsed.failures);

  const { inputs } = parsed;
  const refused =
    settings.preflight && isNew(olds) && isKnown(inputs) ? await preflightCreate(host, inputs) : [];
  return refused.length > 0 ? failed(news, refused) : { inputs: { ...inputs } };
}

/** With what the program has found wrong with other rules, as the engine goes no further after this one. */
function failed(news: unknown, failures: readonly Failure[]) {
  const inputs = isRecord(news) ? { ...news } : {};
  const others = text(inputs.__alsoWrong);
  return { inputs, failures: [...failures, ...(others ? [{ property: "", reason: others }] : [])] };
}

function isNew(olds: unknown): boolean {
  return !isRecord(olds) || olds.securityGroupId === undefined;
}

function isKnown(inputs: EgressRuleInputs): boolean {
  return !Object.values(inputs).some(isUnknown);
}

async function preflightCreate(host: Host, inputs: EgressRuleInputs): Promise<Failure[]> {
  const step = authorizeStep(host.target(inputs.region), inputs, knownTags(inputs.tagsAll), inputs.owner);
  const reason = await preflight([step]);
  return reason === undefined ? [] : [{ property: "securityGroupId", reason }];
}
