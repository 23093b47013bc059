import { reachOf } from "../../../provider/rule/reach";
import type { CanonicalDestination } from "../../../provider/rule/rule";
import type { DeclaredRule } from "../../program/model";
import type { Span } from "./span";

/** What one declared rule lets out. */
export interface Area {
  readonly protocol: string;
  /** Ports; for ICMP the type times 256 plus the code. */
  readonly numbers: Span<number>;
  /** The destination's kind, and for a group or a prefix list which one: their addresses are not known here. */
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

/** The area of a rule, or undefined where part of it is not known. */
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

/** The group or the list that a space stands for. */
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
