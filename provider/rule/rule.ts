import {
  DESTINATION_KINDS,
  DESTINATION_PROPERTY,
  type DestinationInputs,
  type DestinationKind,
} from "./destination";
import { hasPorts, isIcmp } from "./protocol";
import type { Tags } from "./tags";
import { isUnknown, type Unknown } from "./unknown";

/**
 * The arguments of a rule in canonical form, flat, as they travel and as state keeps them.
 *
 * Before `up`, any of them may be unknown.
 */
export interface RuleInputs extends DestinationInputs {
  readonly securityGroupId: string;
  readonly ipProtocol: string;
  readonly fromPort?: number | Unknown;
  readonly toPort?: number | Unknown;
  readonly description?: string;
  readonly tags?: Tags | Unknown;
}

/** The canonical rule: what EC2 would return, without description and tags. */
export interface Rule {
  readonly securityGroupId: string;
  readonly protocol: string;
  readonly ports?: { readonly from: number | Unknown; readonly to: number | Unknown };
  /** Undefined while its kind is unknown. */
  readonly destination: CanonicalDestination | undefined;
}

export interface CanonicalDestination {
  readonly kind: DestinationKind;
  readonly value: string;
}

/** The canonical rule from canonical arguments. */
export function ruleOf(inputs: RuleInputs): Rule {
  const { securityGroupId, ipProtocol: protocol, fromPort: from, toPort: to } = inputs;
  const ports = from === undefined || to === undefined ? {} : { ports: { from, to } };
  return { securityGroupId, protocol, ...ports, destination: destinationOf(inputs) };
}

function destinationOf(inputs: DestinationInputs): CanonicalDestination | undefined {
  let given: CanonicalDestination | undefined;
  for (const kind of DESTINATION_KINDS) {
    const value = inputs[DESTINATION_PROPERTY[kind]];
    if (value === undefined) continue;
    if (given !== undefined) return undefined;
    given = { kind, value };
  }
  return given;
}

/** A rule as people write it: `tcp 443 to 10.0.0.0/16`. */
export function ruleText({ protocol, ports, destination }: Rule): string {
  const known = destination !== undefined && !isUnknown(destination.value);
  return `${trafficText(protocol, ports)} to ${known ? destination.value : "a destination not yet known"}`;
}

/** The same with its group: `tcp 443 to 10.0.0.0/16 on sg-…`. */
export function ruleTextOnGroup(inputs: RuleInputs): string {
  return `${ruleText(ruleOf(inputs))} on ${inputs.securityGroupId}`;
}

/** The kind of traffic, as people write it: `tcp 443`. */
export function trafficText(protocol: string, ports: Rule["ports"]): string {
  if (protocol === "-1") return "all traffic";
  if (isIcmp(protocol)) {
    if (ports === undefined || ports.from === -1) return `all ${protocol}`;
    return `${protocol} type ${ports.from}${ports.to === -1 ? "" : ` code ${ports.to}`}`;
  }
  if (!hasPorts(protocol) || ports === undefined) return `protocol ${protocol}`;
  return `${protocol} ${ports.from === ports.to ? ports.from : `${ports.from}-${ports.to}`}`;
}
