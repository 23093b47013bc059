import { makeEgressRule } from "../../../provider/handlers/egressRule";
import { makeEgressRuleSet } from "../../../provider/handlers/egressRuleSet";
import { sharedHost } from "../../../provider/handlers/host";
import type { Endpoint } from "../../ec2/endpoint";
import { configFor, type Handler, handlerOf, type Props, type StackConfig } from "../handler";
import { OWNER_TAG, type Place, STACK } from "../place";

/** A handler of sets whose stack's configuration points to the endpoint; each is its own engine run. */
export function setsAt({ url }: Pick<Endpoint, "url">, config: StackConfig = {}): Handler {
  return handlerOf({ ...configFor(url), ...config }, makeEgressRuleSet());
}

/** The handlers of one engine run, with sets and single rules. */
export function bothAt({ url }: Pick<Endpoint, "url">, config: StackConfig = {}) {
  const shared = sharedHost();
  const all = { ...configFor(url), ...config };
  return { sets: handlerOf(all, makeEgressRuleSet(shared)), rules: handlerOf(all, makeEgressRule(shared)) };
}

/** The arguments of a set on a group, for the stack under test. */
export function set({ group }: Pick<Place, "group">, rules: readonly Props[], more: Props = {}): Props {
  return { securityGroupId: group, rules, owner: STACK, ...more };
}

/** The same with `aws-egress:ownership` set to false. */
export function unclaimed(args: Props): Props {
  const { owner: _, ...others } = args;
  return others;
}

export function to(port: number, cidrIpv4: string, more: Props = {}): Props {
  return { ipProtocol: "tcp", fromPort: port, toPort: port, cidrIpv4, ...more };
}

/** This many rules, each to its own network. */
export function many(count: number, more: Props = {}): Props[] {
  return Array.from({ length: count }, (_, place) => to(443, `10.${place >> 8}.${place & 255}.0/24`, more));
}

/** The outbound rules of the group, each as one line: `443 10.0.0.0/8 "updates" Team=web by shop/test`. */
export async function lines(place: Place): Promise<string[]> {
  const rules = await place.rules();
  return rules.map(lineOf).sort();
}

function lineOf(rule: Awaited<ReturnType<Place["rules"]>>[number]): string {
  const { cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId, ipProtocol, description } = rule;
  const { [OWNER_TAG]: owner, ...tags } = rule.tags;
  const ports = rule.fromPort === rule.toPort ? rule.fromPort : `${rule.fromPort}-${rule.toPort}`;
  return [
    ipProtocol === "-1" ? "all" : ipProtocol === "tcp" ? ports : `${ipProtocol} ${ports}`,
    cidrIpv4 ?? cidrIpv6 ?? prefixListId ?? referencedSecurityGroupId,
    ...(description ? [JSON.stringify(description)] : []),
    ...Object.entries(tags).map(([key, value]) => `${key}=${value}`),
    ...(owner === undefined ? [] : [`by ${owner.replace(/@[0-9a-z]{8}$/, "")}`]),
  ].join(" ");
}

/** Each group's initial rule. */
export const DEFAULT_RULE = "all 0.0.0.0/0";
