import { type EgressRuleInputs, parseInputs } from "../provider/handlers/egressRule/inputs";
import { DESTINATION_KINDS, DESTINATION_PROPERTY, type DestinationKind } from "../provider/rule/destination";
import type { Failure } from "../provider/rule/failure";
import { readFromProgram } from "../provider/rule/fromProgram";
import { takePrefixListName } from "../provider/rule/prefixListName";
import { isGiven, type UnknownRecord, withoutUndefined } from "../provider/rule/record";
import { ruleOf } from "../provider/rule/rule";
import type { Tags } from "../provider/rule/tags";
import { isUnknown } from "../provider/rule/unknown";
import type { GivenOut } from "./givenOut";
import { withStandIns } from "./standIns";

/** An outbound rule that a program has declared, in the form in which EC2 would keep it. */
export interface RecordedRule {
  /** The name of the resource: `web-tcp-443-10.0.0.0/16`. */
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
  readonly description?: string;
  /** The tags declared on the rule, without those of `aws:defaultTags`. */
  readonly tags?: Tags;
}

/** A declared rule, or what is wrong with it. */
export type Recorded = { readonly name: string } & (
  | { readonly rule: RecordedRule; readonly inputs: EgressRuleInputs; readonly region: string | undefined }
  | { readonly failures: readonly Failure[] }
);

/** Where neither the rule nor the stack says a Region, no rule is to be refused for it. */
const SOME_REGION = "us-east-1";

/** Reads the inputs of a registered rule as check does, but for the ids, which are those of the mocks. */
export function recordRule(
  name: string,
  given: UnknownRecord,
  test: GivenOut,
  stackRegion: string | undefined,
): Recorded {
  const named = takePrefixListName(given);
  const { args, restored, reworded } = withStandIns(named.args, test);
  const parsed = parseInputs(args, { region: stackRegion ?? SOME_REGION, tags: {} });
  const refused = [...named.failures, ...("failures" in parsed ? parsed.failures : [])];
  const { refused: reason } = readFromProgram(given.__program);
  if (reason !== undefined) refused.push({ property: "", reason });
  if ("failures" in parsed || refused.length > 0) return { name, failures: refused.map(reworded) };

  const region = isGiven(given.region) ? parsed.inputs.region : stackRegion;
  const prefixListId = named.prefixListName?.replaceAll(
    "{region}",
    isUnknown(region) ? "{region}" : (region ?? "{region}"),
  );
  const inputs = restored({ ...parsed.inputs, ...withoutUndefined({ prefixListId }) });
  const rule = knownRule(name, inputs);
  return rule === undefined ? { name, failures: unknowns(inputs) } : { name, rule, inputs, region };
}

/** The outputs of a rule that EC2 has made, as far as mocks can tell them. */
export function outputsOf(id: string, recorded: Recorded, given: UnknownRecord): UnknownRecord {
  const inputs = "inputs" in recorded ? recorded.inputs : { region: SOME_REGION, tagsAll: {}, ...given };
  const arn = `arn:aws:ec2:${inputs.region}:123456789012:security-group-rule/${id}`;
  return { ...inputs, securityGroupRuleId: id, arn };
}

function knownRule(name: string, inputs: EgressRuleInputs): RecordedRule | undefined {
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

const DESTINATIONS: ReadonlySet<string> = new Set(
  DESTINATION_KINDS.map((kind) => DESTINATION_PROPERTY[kind]),
);
const NOT_OF_THE_RULE: ReadonlySet<string> = new Set(["region", "tagsAll", "adopt", "owner"]);

/** What nothing can be said of: an Output that came to nothing, or one of a preview. */
function unknowns(inputs: EgressRuleInputs): Failure[] {
  const properties = Object.entries(inputs)
    .filter(([property, value]) => isUnknown(value) && !NOT_OF_THE_RULE.has(property))
    .map(([property]) => (DESTINATIONS.has(property) ? "its destination" : property));
  return [...new Set(properties)].map((property) => ({
    property,
    reason: "is not known, so nothing can be asserted on it: let the mocks give what it comes from",
  }));
}
