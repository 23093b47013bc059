import { keyOf, type SoakRule, type Tags } from "./rules";

/** What a program declares, and what people have made beside it. */
export interface World {
  readonly resources: ReadonlyMap<string, Resource>;
  readonly strangers: readonly Stranger[];
}

export type Resource = Single | RuleSet;

export interface Single {
  readonly kind: "single";
  readonly group: string;
  readonly rules: readonly [SoakRule];
}

export interface RuleSet {
  readonly kind: "set";
  readonly group: string;
  readonly rules: readonly SoakRule[];
  readonly exclusive: boolean;
  /** Whether it leaves the group open when it goes; only where it is exclusive. */
  readonly restoreDefault: boolean;
}

/** A rule that no resource of the program has. */
export interface Stranger {
  readonly rule: SoakRule;
  /** The claim of another stack, where it carries one. */
  readonly claim: string | undefined;
  /** Unknown where it is still to come. */
  readonly id: string | undefined;
}

export const PROJECT = "soak";
export const STACK = "test";

/** The tag that carries the claim. */
export const OWNER_TAG = "pulumi-aws-egress:owner";
/** What the rules of another stack carry. */
export const OTHERS_CLAIM = "other/prod@7f3k2m9q";

/** On every rule that the program has. */
export const DEFAULT_TAGS: Tags = { Stack: "soak" };

/** A rule that EC2 must hold. */
export interface ExpectedRule {
  readonly group: string;
  readonly key: string;
  readonly description: string | undefined;
  /** Without the claim. */
  readonly tags: Tags;
  /** The resource that holds it; a stranger's claim and id are what they were. */
  readonly whose:
    | { readonly resource: string }
    | { readonly claim: string | undefined; readonly id: string | undefined };
}

/** What EC2 must hold once the program has been carried out. */
export function expectedRules({ resources, strangers }: World): ExpectedRule[] {
  const ofProgram = [...resources].flatMap(([resource, { rules }]) =>
    rules.map((rule) => ({
      ...expected(rule),
      tags: { ...DEFAULT_TAGS, ...rule.tags },
      whose: { resource },
    })),
  );
  const ofOthers = strangers.map(({ rule, claim, id }) => ({ ...expected(rule), whose: { claim, id } }));
  return [...ofProgram, ...ofOthers];
}

function expected({ model, description, tags }: SoakRule) {
  return { group: model.group, key: keyOf(model), description, tags };
}

export function exclusiveOn(resources: ReadonlyMap<string, Resource>, group: string): RuleSet | undefined {
  return [...resources.values()].find(
    (one): one is RuleSet => one.kind === "set" && one.exclusive && one.group === group,
  );
}

/** The names of the resources of a group. */
export function resourcesOn(resources: ReadonlyMap<string, Resource>, group: string): string[] {
  return [...resources].flatMap(([name, resource]) => (resource.group === group ? [name] : []));
}

/** With the ids of the strangers that EC2 has named since. */
export function withIds(world: World, ids: ReadonlyMap<string, string>): World {
  const strangers = world.strangers.map((one) => ({ ...one, id: one.id ?? ids.get(keyOf(one.rule.model)) }));
  return { ...world, strangers };
}
