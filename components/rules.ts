import * as pulumi from "@pulumi/pulumi";
import type { SetRuleArgs, SetRulesArgs } from "../provider/dynamic/egressRuleArgs";
import { silenced } from "../provider/dynamic/silenced";
import { isGiven } from "../provider/rule/record";
import type { WarningKind } from "../provider/rule/warnings";
import { destinationsOf } from "./destination";
import type { Intent } from "./intent";
import { portList, portName } from "./port";
import { trafficTo } from "./trafficTo";

/** An intent, and its place in the program as an error names it. */
export type SaidIntent = readonly [where: string, intent: Intent];

/** Returns the rules of the intents. A rule that two intents need appears once, with both descriptions. */
export function rulesOf(intents: readonly SaidIntent[]): (SetRuleArgs | SetRulesArgs)[] {
  const merged = new Map<string, Merged>();
  for (const [where, intent] of intents) {
    const ports = portList(where, intent.ports);
    const silence = silenced(where, intent.silence);
    for (const destination of destinationsOf(where, intent.to)) {
      for (const [{ protocol, ...range }, args] of trafficTo(ports, destination)) {
        const key = `${portName({ protocol, ...range })} ${destination.key}`;
        const rule = { ipProtocol: protocol, ...range, ...args };
        const one = merged.get(key) ?? { rule, descriptions: new Set(), silence: new Set() };
        merged.set(key, one);
        one.descriptions.add(intent.description);
        for (const kind of silence) one.silence.add(kind);
      }
    }
  }
  return [...merged.values()].map(({ rule, descriptions, silence }) => ({
    ...rule,
    description: joined([...descriptions]),
    silence: [...silence],
  }));
}

interface Merged {
  readonly rule: SetRuleArgs | SetRulesArgs;
  readonly descriptions: Set<Intent["description"]>;
  readonly silence: Set<WarningKind>;
}

function joined(descriptions: readonly Intent["description"][]): pulumi.Input<string | undefined> {
  const [only] = descriptions;
  return descriptions.length === 1 ? only : pulumi.all([...descriptions]).apply(cut);
}

const LONGEST_DESCRIPTION = 255;

/** Truncates joined descriptions that are too long, because each of them is valid by itself. */
function cut(descriptions: readonly (string | undefined)[]): string | undefined {
  const given = descriptions.filter(isGiven);
  // An Output may resolve to something other than text; check refuses it.
  const wrong = given.find((description) => typeof description !== "string");
  if (wrong !== undefined || given.length === 0) return wrong;
  const text = [...new Set(given)].join("; ");
  return text.length <= LONGEST_DESCRIPTION ? text : `${text.slice(0, LONGEST_DESCRIPTION - 3)}...`;
}
