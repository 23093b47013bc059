import { EgressError } from "../ec2/errors";
import { type FoundPrefixList, findPrefixList } from "../ec2/prefixLists";
import type { Target } from "../ec2/target";
import { discreetly } from "../rule/discreetly";
import { type Failure, quote } from "../rule/failure";
import { publishedWeight, weightText } from "../rule/prefixListWeight";

/**
 * Finds the prefix list that a rule names, with `{region}` replaced by the Region, or says what is wrong with the name.
 */
export async function findNamedList(
  target: Target,
  prefixListName: string,
): Promise<{ readonly list: FoundPrefixList } | { readonly failure: Failure }> {
  const name = prefixListName.replaceAll("{region}", target.region);
  try {
    return { list: await findPrefixList(target, name) };
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    return { failure: { property: "prefixListName", reason: `${quote(name)}: ${error.message}` } };
  }
}

/** The program warns about lists whose weight AWS publishes; only EC2 knows the weight of others. */
export function warnOfWeight(prefixListName: string, weight: number | undefined, quota: number): void {
  if (publishedWeight(prefixListName) !== undefined) return;
  const text = weightText(prefixListName, weight, quota);
  // The engine shows what a provider process prints; a dynamic provider has no other way to warn.
  if (text !== undefined) console.warn(discreetly(`warning: ${text} (if intended, set silence: ["weight"])`));
}
