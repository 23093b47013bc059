import { makeEgressRule } from "../../../provider/handlers/egressRule";
import { makeEgressRuleSet } from "../../../provider/handlers/egressRuleSet";
import { sharedHost } from "../../../provider/handlers/host";
import type { Endpoint } from "../../ec2/endpoint";
import { configFor, type Handler, handlerOf, type Props, type StackConfig } from "../handler";
import { OWNER_TAG, type Place, STACK } from "../place";

/** A handler of sets whose stack is configured to reach the endpoint; each is a run of the engine of its own. */
export function setsAt({ url }: Pick<Endpoint, "url">, config: StackConfig = {}): Handler {
  return handlerOf({ ...configFor(url), ...config }, makeEgressRuleSet());
}

/** The handlers of one run of the engine, in which there are sets and single rules. */
export function bothAt({ url }: Pick<Endpoint, "url">, config: StackConfig = {}) {
  const shared = sharedHost();
  const all = { ...configFor(url), ...config };
  return { sets: handlerOf(all, makeEgressRuleSet(shared)), rules: handlerOf(all, makeEgressRule(shared)) };
}

/** The arguments of a set on a group, of the stack that the tests are about. */
export function set({ group }: Pick<Place, "group">, rules: readonly Props[], more: Props = {}): Props {
  return { securityGroupId: group, rules, owner: STACK, ...more };
}

/** The same where `aws-egress:ownership` is false. */
export function unclaimed(args: Props): Props {
  const { owner: _, ...others } = args;
  return others;
}

export function to(port: number, cidrIpv4: string, more: Props = {}): Props {
  return { ipProtocol: "tcp", fromPort: port, toPort: port, cidrIpv4, ...more };
}

/** So many rules, each to a network of its own. */
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

/** What EC2 makes with each group. */
export const DEFAULT_RULE = "all 0.0.0.0/0";
