import { keyOf, type SoakRule, type Tags } from "./rules";

/** A program's declarations, and the rules made by hand. */
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
  /** Whether it leaves the group open when deleted; only if it is exclusive. */
  readonly restoreDefault: boolean;
}

/** A rule that belongs to no resource of the program. */
export interface Stranger {
  readonly rule: SoakRule;
  /** The claim of another stack, if it carries one. */
  readonly claim: string | undefined;
  /** Undefined until EC2 gives one. */
  readonly id: string | undefined;
}

export const PROJECT = "soak";
export const STACK = "test";

/** The tag that carries the claim. */
export const OWNER_TAG = "pulumi-aws-egress:owner";
/** The claim on another stack's rules. */
export const OTHERS_CLAIM = "other/prod@7f3k2m9q";

/** The claim on every rule of the program. */
export const DEFAULT_TAGS: Tags = { Stack: "soak" };

/** A rule that EC2 must hold. */
export interface ExpectedRule {
  readonly group: string;
  readonly key: string;
  readonly description: string | undefined;
  /** Without the claim. */
  readonly tags: Tags;
  /** The resource that holds it; a stranger keeps its claim and id. */
  readonly whose:
    | { readonly resource: string }
    | { readonly claim: string | undefined; readonly id: string | undefined };
}

/** What EC2 must hold after the program's `up`. */
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

/** With the new ids of strangers from EC2. */
export function withIds(world: World, ids: ReadonlyMap<string, string>): World {
  const strangers = world.strangers.map((one) => ({ ...one, id: one.id ?? ids.get(keyOf(one.rule.model)) }));
  return { ...world, strangers };
}
