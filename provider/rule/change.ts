import { identityOf } from "./identity";
import type { RuleInputs } from "./rule";
import type { Tags } from "./tags";

/** The properties that identify a rule. */
const OF_IDENTITY = [
  "securityGroupId",
  "ipProtocol",
  "fromPort",
  "toPort",
  "cidrIpv4",
  "cidrIpv6",
  "prefixListId",
  "referencedSecurityGroupId",
] as const satisfies readonly (keyof RuleInputs)[];

/**
 * The identity properties that differ between two canonical rules; none if they are the same rule.
 *
 * An unknown value counts as different: usually it is unknown because its source is being replaced.
 */
export function identityChange(olds: RuleInputs, news: RuleInputs): string[] {
  if (identityOf({ inputs: olds }) === identityOf({ inputs: news })) return [];
  return OF_IDENTITY.filter((property) => olds[property] !== news[property]);
}

/** The tags for CreateTags to set, and for DeleteTags to remove. */
export interface TagsChange {
  readonly set: Tags;
  readonly remove: readonly string[];
}

export function tagsChangeOf(olds: Tags, news: Tags): TagsChange {
  const isNew = ([key, value]: [string, string]) => !Object.hasOwn(olds, key) || olds[key] !== value;
  return {
    set: Object.fromEntries(Object.entries(news).filter(isNew)),
    remove: Object.keys(olds).filter((key) => !Object.hasOwn(news, key)),
  };
}

export function tagsDiffer(olds: Tags, news: Tags): boolean {
  const { set, remove } = tagsChangeOf(olds, news);
  return Object.keys(set).length > 0 || remove.length > 0;
}
