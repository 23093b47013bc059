import type { Area } from "./area";
import { compare, type Span } from "./span";

/**
 * Finds the areas that overlap a block of addresses, without checking each. This works because CIDRs either contain
 * each other or do not overlap. All areas are in one space.
 */
export function meeting(areas: readonly Area[]): (addresses: Span<bigint>) => Area[] {
  const inOrder = [...areas].sort(outerFirst);
  const outer = outerOf(inOrder);
  return (addresses) => {
    const found: Area[] = [];
    const first = firstAfter(inOrder, addresses.start);
    for (let at: number | undefined = first - 1; at !== undefined && at >= 0; at = outer[at]) {
      const area = inOrder[at];
      if (area !== undefined && area.addresses.end > addresses.start) found.push(area);
    }
    for (let at = first; at < inOrder.length; at++) {
      const area = inOrder[at];
      if (area === undefined || area.addresses.start >= addresses.end) break;
      found.push(area);
    }
    return found;
  };
}

function outerFirst(one: Area, other: Area): number {
  return (
    compare(one.addresses.start, other.addresses.start) || compare(other.addresses.end, one.addresses.end)
  );
}

/** For each area, the index of the nearest earlier area that contains it. */
function outerOf(inOrder: readonly Area[]): (number | undefined)[] {
  const open: number[] = [];
  return inOrder.map(({ addresses }, at) => {
    while (open.length > 0 && (inOrder[open.at(-1) ?? 0]?.addresses.end ?? 0n) <= addresses.start) open.pop();
    const outer = open.at(-1);
    open.push(at);
    return outer;
  });
}

function firstAfter(inOrder: readonly Area[], address: bigint): number {
  let low = 0;
  let high = inOrder.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((inOrder[middle]?.addresses.start ?? 0n) <= address) low = middle + 1;
    else high = middle;
  }
  return low;
}
