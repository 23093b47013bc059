import type { Because, DeclaredRule, GroupChange, GroupRules, Model } from "../../../cli/program/model";
import { type GroupReview, type Review, reviewOf } from "../../../cli/review/review";
import { ruleOf } from "../../../provider/rule/rule";
import { accepted } from "../../rule/reading";

export const GROUP = "sg-0123456789abcdef0";

/** Where a rule comes from, if a test does not care. */
export function from(resource: string, more: Partial<Because> = {}): Because {
  return {
    urn: `urn:pulumi:prod::shop::aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::${resource}`,
    resource,
    type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    ...more,
  };
}

/**
 * A rule in short form: `tcp 443 to 10.0.0.0/16`, `icmp 8/0 to 10.0.0.0/8`, `-1 to sg-0a1b2c3d`.
 *
 * The provider's own parser brings it into canonical form.
 */
export function rule(text: string, because: Because = from(text)): DeclaredRule {
  const [, protocol, ports, destination] = /^(\S+)(?: (\S+))? to (\S+)$/.exec(text) ?? [];
  const [first, last] = ports?.includes("/")
    ? ports.split("/")
    : (ports?.match(/^(\d+)-(\d+)$/)?.slice(1) ?? [ports, ports]);
  const inputs = accepted({
    securityGroupId: GROUP,
    ipProtocol: protocol,
    ...(first !== undefined && { fromPort: Number(first), toPort: Number(last) }),
    ...destinationOf(destination ?? ""),
  });
  const { protocol: canonical, ports: range, destination: place } = ruleOf(inputs);
  if (place === undefined) throw new Error(`${text} has no destination`);
  return { traffic: { protocol: canonical, ...(range && { ports: range }), destination: place }, because };
}

function destinationOf(text: string) {
  if (text.startsWith("sg-")) return { referencedSecurityGroupId: text };
  if (text.startsWith("pl-")) return { prefixListId: text };
  return text.includes(":") ? { cidrIpv6: text } : { cidrIpv4: text };
}

export function rules(
  declared: readonly (string | DeclaredRule)[],
  more: Partial<GroupRules> = {},
): GroupRules {
  return {
    rules: declared.map((one) => (typeof one === "string" ? rule(one) : one)),
    unknown: [],
    exclusive: [],
    ...more,
  };
}

export function model(changes: readonly Partial<GroupChange>[], gaps: readonly string[] = []): Model {
  return {
    groups: changes.map((change) => ({ group: GROUP, before: rules([]), after: rules([]), ...change })),
    gaps,
  };
}

export function reviewed(
  before: readonly (string | DeclaredRule)[],
  after: readonly (string | DeclaredRule)[],
): GroupReview {
  return only(reviewOf(model([{ before: rules(before), after: rules(after) }])));
}

export function only({ groups }: Review): GroupReview {
  const [group] = groups;
  if (group === undefined || groups.length > 1) throw new Error(`there are ${groups.length} groups`);
  return group;
}

export const texts = (pieces: readonly { readonly text: string }[]) => pieces.map(({ text }) => text);
