import { DESTINATION_KINDS, DESTINATION_PROPERTY, type DestinationKind } from "../provider/rule/destination";
import type { Failure } from "../provider/rule/failure";
import { withoutUndefined } from "../provider/rule/record";
import { type RuleInputs, ruleOf } from "../provider/rule/rule";
import type { Tags } from "../provider/rule/tags";
import { isUnknown } from "../provider/rule/unknown";

/** An outbound rule that a program declares, in the form that EC2 stores. */
export interface RecordedRule {
  /**
   * The name of the `EgressRule`. For a rule of an `EgressRuleSet`, and so of every component, the name of the set and
   * the key of the rule: `web: tcp 443 to 10.0.0.0/16`.
   */
  readonly name: string;
  /** The id of the group, as the mocks return it. */
  readonly securityGroupId: string;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, another protocol's number, or `-1` for all. */
  readonly protocol: string;
  /** The ports; for ICMP the type and the code, -1 for all. Undefined for other protocols. */
  readonly ports?: { readonly from: number; readonly to: number };
  /**
   * The destination: a CIDR with its host bits masked, or the id of a group or a prefix list, as the mocks return it.
   *
   * A prefix list that the program specifies by name keeps its name, because the recorder does not look it up. `{region}`
   * in the name becomes the Region of the rule, or `aws:region`; without either, it stays.
   */
  readonly destination: { readonly kind: DestinationKind; readonly value: string };
  /** The description of the rule, if the program specifies one. */
  readonly description?: string;
  /** The tags of the rule, without those of `aws:defaultTags`. */
  readonly tags?: Tags;
}

/** The rules that one resource declares, and its errors. */
export interface Recorded {
  /** The resource as errors name it: `EgressRule "web"`. */
  readonly label: string;
  /** Empty if there are any errors. */
  readonly rules: readonly RecordedRule[];
  readonly failures: readonly Failure[];
  readonly region: string | undefined;
  /** The group that the resource manages exclusively, if any. */
  readonly exclusiveGroup?: string | undefined;
}

/** Used if neither the rule nor the stack specifies a Region, so that no rule fails for it. */
export const SOME_REGION = "us-east-1";

/** The name of a prefix list, with the Region if it is known. */
export function listName(name: string | undefined, region: string | undefined): string | undefined {
  return name?.replaceAll("{region}", isUnknown(region) ? "{region}" : (region ?? "{region}"));
}

/** A rule in canonical form; undefined if any part of it is unknown. */
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
  "is unknown, so no assertion can use it: return the value that it depends on from the mocks";

const DESTINATIONS: ReadonlySet<string> = new Set(
  DESTINATION_KINDS.map((kind) => DESTINATION_PROPERTY[kind]),
);
const NOT_OF_THE_RULE: ReadonlySet<string> = new Set(["region", "tagsAll", "adopt", "owner"]);

/** The unknown properties: Outputs that resolved to nothing, or Outputs of a preview. */
export function unknowns(inputs: RuleInputs): Failure[] {
  const properties = Object.entries(inputs)
    .filter(([property, value]) => isUnknown(value) && !NOT_OF_THE_RULE.has(property))
    .map(([property]) => (DESTINATIONS.has(property) ? "its destination" : property));
  return [...new Set(properties)].map((property) => ({ property, reason: NOT_KNOWN }));
}
