import { DESTINATION_PROPERTY } from "./destination";
import { identity } from "./identity";
import { type RuleInputs, ruleOf } from "./rule";
import type { Tags } from "./tags";

/** What leads from one state of a rule to another. */
export interface RuleChange {
  /** The properties that EC2 cannot change on a rule, so that another rule must take its place. */
  readonly replaces: readonly string[];
  /** Whether the identity differs: protocol, ports, the destination's value, or what has to be replaced. */
  readonly modify: boolean;
  /** Whether the description differs. */
  readonly describe: boolean;
}

/**
 * Compares two canonical rules by identity.
 *
 * A group or a kind of destination that is unknown counts as changed: most often it is unknown because what it comes
 * from is made anew. A destination that may yet be of any kind does not.
 */
export function changeOf(olds: RuleInputs, news: RuleInputs): RuleChange {
  const [before, after] = [ruleOf(olds), ruleOf(news)];
  const replaces: string[] = [];
  if (before.securityGroupId !== after.securityGroupId) replaces.push("securityGroupId");
  if (before.destination && after.destination && before.destination.kind !== after.destination.kind) {
    replaces.push(
      DESTINATION_PROPERTY[before.destination.kind],
      DESTINATION_PROPERTY[after.destination.kind],
    );
  }
  return {
    replaces,
    modify: identity(before) !== identity(after),
    describe: olds.description !== news.description,
  };
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
