import type { Because } from "../../program/model";
import type { Facts } from "./facts";
import { familiesIn, isEverything } from "./families";
import type { Kind } from "./finding";
import { together } from "./finding";

export const anywhere: Kind = {
  id: "anywhere",
  severity: "high",
  why: "A group that allows all traffic to any address restricts nothing: its instances can reach any host on any port.",
  find(facts) {
    const names = opensAnywhere(facts);
    if (names.length === 0) return [];
    return [
      { message: `All traffic to every ${names.join(" and ")} address.`, because: openedTo(facts, names) },
    ];
  },
};

/** The address families that the change opens completely. */
export function opensAnywhere(facts: Facts): ("IPv4" | "IPv6")[] {
  return familiesIn(facts)
    .filter(({ before, after, atoms }) => isEverything(after, atoms) && !isEverything(before, atoms))
    .map(({ name }) => name);
}

/** The resources that open anything to addresses of those families. */
export function openedTo({ opens }: Facts, names: readonly string[]): Because[] {
  return together(
    ...opens
      .filter(({ space }) => names.some((name) => name.toLowerCase() === space))
      .map(({ because }) => because),
  );
}
