import { DESTINATION_PROPERTY, destinationKind } from "./destination";
import type { UnknownRecord } from "./record";
import { type RuleInputs, ruleOf, trafficText } from "./rule";
import { isUnknown } from "./unknown";

/**
 * The key of a rule in its set: `tcp 443 to 10.0.0.0/16`, so that a preview names the rules that come and go.
 *
 * It contains the whole identity of the rule within its group. Undefined while part of that is unknown.
 */
export function ruleKey(inputs: RuleInputs): string | undefined {
  const { protocol, ports, destination } = ruleOf(inputs);
  if (destination === undefined || [protocol, ports?.from, ports?.to, destination.value].some(isUnknown)) {
    return undefined;
  }
  const { referencedSecurityGroupOwnerId: account } = inputs;
  const owner = account === undefined || isUnknown(account) ? "" : `${account}/`;
  return `${trafficText(protocol, ports)} to ${owner}${destination.value}`;
}

/**
 * The key without a group's account, which is not part of the identity: EC2 does not return it for the rule's own
 * account.
 */
export function withoutAccount(key: string): string {
  return key.replace(/ to \d{12}\//, " to ");
}

/** The unparsed arguments that a key stands for; undefined if the text is not a key. */
export function argsOfKey(key: string): UnknownRecord | undefined {
  const [, traffic = "", destination = ""] = /^(.+) to (\S+)$/.exec(key) ?? [];
  const what = trafficArgs(traffic);
  return what && { ...what, [DESTINATION_PROPERTY[destinationKind(destination)]]: destination };
}

function trafficArgs(traffic: string): UnknownRecord | undefined {
  if (traffic === "all traffic") return { ipProtocol: "-1" };
  const [, allOf] = /^all (icmp|icmpv6)$/.exec(traffic) ?? [];
  if (allOf) return { ipProtocol: allOf, fromPort: -1, toPort: -1 };
  const [, icmp, type, code = "-1"] = /^(icmp|icmpv6) type (\d+)(?: code (\d+))?$/.exec(traffic) ?? [];
  if (icmp) return { ipProtocol: icmp, fromPort: type, toPort: code };
  const [, number] = /^protocol (\d+)$/.exec(traffic) ?? [];
  if (number) return { ipProtocol: number };
  const [, protocol, from, to = from] = /^(tcp|udp) (\d+)(?:-(\d+))?$/.exec(traffic) ?? [];
  return protocol ? { ipProtocol: protocol, fromPort: from, toPort: to } : undefined;
}
