import { ALL_ICMP } from "../../provider/rule/icmp";
import { ALL_PROTOCOLS, hasPorts, isIcmp } from "../../provider/rule/protocol";
import { trafficText as ruleTrafficText } from "../../provider/rule/rule";
import { EVERY_NUMBER } from "./reach/area";
import { type Atom, includesAtom, OTHERS } from "./reach/atom";
import { meet, type Span, within } from "./reach/span";

/** Protocols and their ports or ICMP numbers. */
export interface Traffic {
  /** EC2's name for the protocol: `-1` means all. */
  readonly protocol: string;
  /** The protocols that "all protocols" does not include here. */
  readonly except: readonly string[];
  readonly numbers: Span<number>;
}

/** Traffic as an EC2 rule would specify it, if one can: no rule specifies a range of ICMP types. */
export interface Ports {
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly icmp?: IcmpRange;
}

export interface IcmpRange {
  readonly fromType: number;
  readonly toType: number;
  readonly fromCode: number;
  readonly toCode: number;
}

/** The traffic of some atoms out of all that a place has. ICMP numbers are split at the start of each type. */
export function trafficsOf(atoms: readonly Atom[], numbers: Span<number>, among: readonly Atom[]): Traffic[] {
  const [first] = atoms;
  if (first === undefined || first === OTHERS || atoms.length > 1) {
    return [
      { protocol: ALL_PROTOCOLS, except: among.filter((atom) => !atoms.includes(atom)).sort(), numbers },
    ];
  }
  const spans = isIcmp(first) ? alignedToTypes(numbers) : [numbers];
  return spans.map((span) => ({ protocol: first, except: [], numbers: span }));
}

export function trafficText(traffic: Traffic): string {
  const { protocol, except } = traffic;
  if (except.length > 0) return `all protocols except ${except.join(", ")}`;
  const { fromPort, toPort, icmp } = portsOf(traffic);
  if (icmp === undefined) {
    const ports = fromPort === undefined || toPort === undefined ? undefined : { from: fromPort, to: toPort };
    return ruleTrafficText(protocol, ports);
  }
  if (icmp.fromType === icmp.toType)
    return `${protocol} type ${icmp.fromType} codes ${icmp.fromCode}-${icmp.toCode}`;
  return `${protocol} types ${icmp.fromType}-${icmp.toType}`;
}

export function portsOf({ protocol, numbers }: Traffic): Ports {
  if (hasPorts(protocol)) return { fromPort: numbers.start, toPort: numbers.end - 1 };
  if (!isIcmp(protocol)) return {};
  if (within(numbers, EVERY_NUMBER)) return { fromPort: ALL_ICMP, toPort: ALL_ICMP };
  const icmp = {
    fromType: numbers.start >> 8,
    toType: (numbers.end - 1) >> 8,
    fromCode: numbers.start & 255,
    toCode: (numbers.end - 1) & 255,
  };
  if (icmp.fromType !== icmp.toType) return { icmp };
  if (icmp.fromCode === icmp.toCode) return { fromPort: icmp.fromType, toPort: icmp.fromCode };
  return icmp.fromCode === 0 && icmp.toCode === 255
    ? { fromPort: icmp.fromType, toPort: ALL_ICMP }
    : { icmp };
}

export function hasPort(traffic: Traffic, protocol: string, port: number): boolean {
  return isOf(traffic, protocol) && meet(traffic.numbers, { start: port, end: port + 1 });
}

/** Whether traffic overlaps the protocol and numbers of a rule. */
export function meetsTraffic(
  traffic: Traffic,
  rule: { readonly protocol: string; readonly numbers: Span<number> },
) {
  const isMet = rule.protocol === ALL_PROTOCOLS || isOf(traffic, rule.protocol);
  return isMet && meet(traffic.numbers, rule.numbers);
}

function isOf({ protocol, except }: Traffic, wanted: string): boolean {
  return includesAtom(protocol, wanted) && !except.includes(wanted);
}

/** Splits a span into the rest of its first type, whole types, and the beginning of its last type. */
function alignedToTypes({ start, end }: Span<number>): Span<number>[] {
  const firstWhole = Math.ceil(start / 256) * 256;
  const lastWhole = Math.floor(end / 256) * 256;
  if (firstWhole > lastWhole) return [{ start, end }];
  return [
    { start, end: firstWhole },
    { start: firstWhole, end: lastWhole },
    { start: lastWhole, end },
  ].filter((span) => span.start < span.end);
}
