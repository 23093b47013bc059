import { identityOf } from "./identity";
import type { RuleInputs } from "./rule";
import type { Tags } from "./tags";

/** What makes a rule the one that it is. */
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
 * The properties by which one canonical rule is another than the one before; none where they are the same rule.
 *
 * What is not known yet counts as another: most often it is unknown because what it comes from is made anew.
 */
export function identityChange(olds: RuleInputs, news: RuleInputs): string[] {
  if (identityOf({ inputs: olds }) === identityOf({ inputs: news })) return [];
  return OF_IDENTITY.filter((property) => olds[property] !== news[property]);
}

/** What CreateTags and DeleteTags have to do. */
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
