import { reachOf } from "../../../provider/rule/reach";
import type { CanonicalDestination } from "../../../provider/rule/rule";
import type { DeclaredRule } from "../../program/model";
import type { Span } from "./span";

/** The traffic that one declared rule allows. */
export interface Area {
  readonly protocol: string;
  /** Ports; for ICMP, 256 times the type plus the code. */
  readonly numbers: Span<number>;
  /** The kind of destination. For a group or a prefix list also its id, because its addresses are unknown. */
  readonly space: Space;
  readonly addresses: Span<bigint>;
  readonly rule: DeclaredRule;
}

/** `ipv4`, `ipv6`, `securityGroup sg-…` or `prefixList pl-…`. */
export type Space = string;

export const EVERY_NUMBER: Span<number> = { start: 0, end: 65536 };

const FAMILIES: ReadonlyMap<Space, Span<bigint>> = new Map([
  ["ipv4", { start: 0n, end: 1n << 32n }],
  ["ipv6", { start: 0n, end: 1n << 128n }],
]);

/** The area of a rule, or undefined if part of it is unknown. */
export function areaOf(rule: DeclaredRule): Area | undefined {
  const reach = reachOf(rule.traffic);
  if (reach === undefined) return undefined;
  const { protocol, numbers, space, addresses } = reach;
  return {
    protocol,
    numbers: { start: numbers.first, end: numbers.last + 1 },
    space,
    addresses: { start: addresses.first, end: addresses.last + 1n },
    rule,
  };
}

/** Every address of a family, or undefined for a group or a prefix list. */
export function familySpan(space: Space): Span<bigint> | undefined {
  return FAMILIES.get(space);
}

/** The group or prefix list of a space. */
export function namedBy(space: Space): CanonicalDestination["value"] {
  return space.slice(space.indexOf(" ") + 1);
}

export function bySpace(areas: readonly Area[]): Map<Space, Area[]> {
  const spaces = new Map<Space, Area[]>();
  for (const area of areas) {
    const found = spaces.get(area.space);
    if (found === undefined) spaces.set(area.space, [area]);
    else found.push(area);
  }
  return spaces;
}
