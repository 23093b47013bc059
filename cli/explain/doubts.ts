import { contains, overlaps, type Reach } from "../../provider/rule/reach";
import { ruleText } from "../../provider/rule/rule";
import { UNKNOWN } from "../../provider/rule/unknown";
import type { DeclaredRule, Traffic, UnknownRule } from "../program/model";
import type { Reaching } from "./answer";

/** Why the answer is unknown: unknown rules, and rules whose destination may include the one in question. */
export function doubtsOf(
  asked: Traffic,
  reach: Reach,
  reaching: readonly Reaching[],
  unknown: readonly UnknownRule[],
): string[] {
  const hidden = reaching.flatMap((one) => {
    const text = hiddenText(asked, one.rule);
    return text !== undefined && isSameTraffic(one.reach, reach) ? [text] : [];
  });
  const unsaid = unknown.map(
    ({ because, what }) => `the rule of "${because.resource}" is not known: ${what}`,
  );
  return [...new Set([...unsaid, ...hidden])];
}

/** Whether a rule is for some of the traffic, to any destination. */
export function isSameTraffic(rule: Reach, asked: Reach): boolean {
  return overlaps({ ...rule, space: asked.space, addresses: asked.addresses }, asked);
}

/** Whether a rule is for all of the traffic, to any destination. */
export function isAllTraffic(rule: Reach, asked: Reach): boolean {
  return contains({ ...rule, space: asked.space, addresses: asked.addresses }, asked);
}

/** What would make the rule apply. A group or a list may contain the address in question, or the other way around. */
function hiddenText({ destination: asked }: Traffic, { traffic }: DeclaredRule): string | undefined {
  const { kind, value } = traffic.destination;
  const rule = ruleText({ ...traffic, securityGroupId: UNKNOWN });
  const [isAddress, leadsToAddresses] = [asked, traffic.destination].map(
    (one) => one.kind === "ipv4" || one.kind === "ipv6",
  );
  if (isAddress && kind === "securityGroup") return `${rule} allows it if ${asked.value} is in that group`;
  if (kind === "prefixList" && value !== asked.value) {
    return `${rule} allows it if ${isAddress ? asked.value : `what ${asked.value} stands for`} is in that list`;
  }
  if (!isAddress && leadsToAddresses)
    return `${rule} allows it to the addresses of ${asked.value} that are in ${value}`;
  return undefined;
}
