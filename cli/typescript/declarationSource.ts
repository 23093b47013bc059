import { componentSource, portWord } from "./componentSource";
import { destinationProperties, destinationSource, groupSource } from "./destinationSource";
import { array, atom, type Commented, type Expression, object } from "./expression";
import { intentSource } from "./intentSource";
import { text } from "./literal";
import { portProperties } from "./portSource";
import type { SourceDeclaration, SourceDestination, SourceIntent, SourceRule } from "./source";
import { silenceSource, tagsSource } from "./tagsSource";

/** The source of one resource. */
export interface ResourceSource {
  readonly type: string;
  readonly name: string;
  readonly args: Expression;
  readonly comment: readonly string[];
}

/** The resources of a declaration: one for a policy or a set, otherwise one for each intent or rule. */
export function declarationSources(
  declaration: SourceDeclaration,
  names: ReadonlyMap<string, string>,
): readonly ResourceSource[] {
  const { name, comment = [], adopt, exclusive, region, tags } = declaration;
  const group = groupSource(declaration.group, names);
  const shared = {
    region: region === undefined ? undefined : text(region),
    adopt: adopt ? atom(true) : undefined,
  };
  switch (declaration.as) {
    case "policy": {
      const intents = declaration.intents.map((intent) => commented(intentSource(intent, names), intent));
      const args = object({
        securityGroup: group,
        ...shared,
        exclusive: exclusive ? undefined : atom(false),
        tags: tagsSource(tags),
        allow: array(intents),
      });
      return [{ type: "EgressPolicy", name, args, comment }];
    }
    case "set": {
      const rules = declaration.rules.map((rule) => commented(object(ruleProperties(rule, names)), rule));
      const args = object({
        securityGroupId: group,
        ...shared,
        exclusive: exclusive ? atom(true) : undefined,
        tags: tagsSource(tags),
        rules: array(rules),
      });
      return [{ type: "EgressRuleSet", name, args, comment }];
    }
    case "rules":
      return named(name, comment, declaration.rules, (rule) => ({
        type: "EgressRule",
        what: `${portWord(rule.port)}-${destinationWord(rule.to)}`,
        args: object({ securityGroupId: group, ...shared, ...ruleProperties(rule, names) }),
      }));
    case "components":
      return named(name, comment, declaration.intents, (intent) => componentOf(intent, group, shared, names));
  }
}

function ruleProperties(rule: SourceRule, names: ReadonlyMap<string, string>) {
  return {
    ...portProperties(rule.port),
    ...destinationProperties(rule.to, names),
    description: rule.description ? text(rule.description) : undefined,
    tags: tagsSource(rule.tags),
    silence: silenceSource(rule.silence),
  };
}

function componentOf(
  intent: SourceIntent,
  group: Expression,
  shared: { readonly [argument: string]: Expression | undefined },
  names: ReadonlyMap<string, string>,
) {
  const { type, what, args, hasOwnDestination } = componentSource(intent);
  const to = intent.to.map((one) => destinationSource(one, names));
  const all = object({
    securityGroup: group,
    to: hasOwnDestination ? undefined : array(to),
    ...shared,
    ...args,
    tags: tagsSource(intent.tags),
    silence: silenceSource(intent.silence),
  });
  return { type, what, args: all };
}

/** Gives each a unique name: its traffic, with a number if needed. */
function named<T extends { readonly comment?: readonly string[] }>(
  group: string,
  comment: readonly string[],
  items: readonly T[],
  write: (item: T) => { readonly type: string; readonly what: string; readonly args: Expression },
): ResourceSource[] {
  const taken = new Map<string, number>();
  return items.map((item, place) => {
    const { type, what, args } = write(item);
    const number = (taken.get(what) ?? 0) + 1;
    taken.set(what, number);
    const name = `${group}-${what}${number === 1 ? "" : `-${number}`}`;
    const above = place === 0 ? [...comment, ...(item.comment ?? [])] : (item.comment ?? []);
    return { type, name, args, comment: above };
  });
}

/** Replaces `::`, which separates the parts of a URN. */
function destinationWord({ value, listName }: SourceDestination): string {
  return (listName ?? value).replaceAll(":", "-");
}

function commented(
  expression: Expression,
  { comment }: { readonly comment?: readonly string[] },
): Commented<Expression> {
  return comment === undefined ? expression : { ...expression, comment };
}
