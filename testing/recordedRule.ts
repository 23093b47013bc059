import { DESTINATION_KINDS, DESTINATION_PROPERTY, type DestinationKind } from "../provider/rule/destination";
import type { Failure } from "../provider/rule/failure";
import { withoutUndefined } from "../provider/rule/record";
import { type RuleInputs, ruleOf } from "../provider/rule/rule";
import type { Tags } from "../provider/rule/tags";
import { isUnknown } from "../provider/rule/unknown";

/** An outbound rule that a program has declared, in the form in which EC2 would keep it. */
export interface RecordedRule {
  /**
   * The name of the `EgressRule`. In an `EgressRuleSet`, as every component has one, the name of the set, and the rule:
   * `web: tcp 443 to 10.0.0.0/16`.
   */
  readonly name: string;
  /** The id of the group, as the mocks give it. */
  readonly securityGroupId: string;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, another protocol's number, or `-1` for all. */
  readonly protocol: string;
  /** The ports; for ICMP the type and the code, -1 for all. None where the protocol has neither. */
  readonly ports?: { readonly from: number; readonly to: number };
  /**
   * Where it leads: a CIDR with its host bits masked, or the id of a group or a prefix list, as the mocks give it.
   *
   * A prefix list that the program knows by name goes by its name, as nothing looks it up here. `{region}` in it is
   * the Region of the rule, else `aws:region`, else it stays.
   */
  readonly destination: { readonly kind: DestinationKind; readonly value: string };
  /** Why the rule is there, if the program says so. */
  readonly description?: string;
  /** The tags declared on the rule, without those of `aws:defaultTags`. */
  readonly tags?: Tags;
}

/** What a program has declared with one resource, and what is wrong with it. */
export interface Recorded {
  /** For a person: `EgressRule "web"`. */
  readonly label: string;
  /** None where anything is wrong. */
  readonly rules: readonly RecordedRule[];
  readonly failures: readonly Failure[];
  readonly region: string | undefined;
  /** The group that it has to itself, if any. */
  readonly exclusiveGroup?: string | undefined;
}

/** Where neither the rule nor the stack says a Region, no rule is to be refused for it. */
export const SOME_REGION = "us-east-1";

/** The name of a prefix list in the Region, as far as that is known. */
export function listName(name: string | undefined, region: string | undefined): string | undefined {
  return name?.replaceAll("{region}", isUnknown(region) ? "{region}" : (region ?? "{region}"));
}

/** A rule in canonical form; undefined where `unknowns` has something to say of it. */
export function recordedRule(name: string, inputs: RuleInputs): RecordedRule | undefined {
  const { securityGroupId, protocol, ports, destination } = ruleOf(inputs);
  const { description, tags } = inputs;
  if (unknowns(inputs).length > 0 || destination === undefined || isUnknown(tags)) return undefined;
  const { from, to } = ports ?? {};
  const range = typeof from === "number" && typeof to === "number" ? { from, to } : undefined;
  return {
    name,
    securityGroupId,
    protocol,
    destination,
    ...withoutUndefined({ ports: range, description, tags }),
  };
}

export const NOT_KNOWN =
  "is not known, so nothing can be asserted on it: let the mocks give what it comes from";

const DESTINATIONS: ReadonlySet<string> = new Set(
  DESTINATION_KINDS.map((kind) => DESTINATION_PROPERTY[kind]),
);
const NOT_OF_THE_RULE: ReadonlySet<string> = new Set(["region", "tagsAll", "adopt", "owner"]);

/** What nothing can be said of: an Output that came to nothing, or one of a preview. */
export function unknowns(inputs: RuleInputs): Failure[] {
  const properties = Object.entries(inputs)
    .filter(([property, value]) => isUnknown(value) && !NOT_OF_THE_RULE.has(property))
    .map(([property]) => (DESTINATIONS.has(property) ? "its destination" : property));
  return [...new Set(properties)].map((property) => ({ property, reason: NOT_KNOWN }));
}
