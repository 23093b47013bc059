import type { RuleInputs } from "../rule";
import type { Tags } from "../tags";

/** A wanted rule of a group: its inputs, including the description, and its tags. */
export interface WantedRule {
  readonly inputs: RuleInputs;
  /** All tags, including the claim. */
  readonly tags: Tags;
  /** How many rules it counts as in the group's quota. */
  readonly weight: number;
}

/** An existing rule of a group. */
export interface PresentRule extends WantedRule {
  readonly id: string;
}

/** An existing rule and what it becomes: the same with a new description, or a different rule. */
export interface RuleUpdate {
  readonly id: string;
  readonly inputs: RuleInputs;
}

/** A step that changes existing rules, each independently of the others. */
export type ChangeStep =
  | { readonly action: "modify"; readonly updates: readonly RuleUpdate[] }
  | { readonly action: "setTags"; readonly ids: readonly string[]; readonly tags: Tags }
  | { readonly action: "removeTags"; readonly ids: readonly string[]; readonly keys: readonly string[] }
  | {
      readonly action: "revoke";
      readonly ids: readonly string[];
      /** Whether it comes before the other steps, because the group has no room for both. */
      readonly early: boolean;
    };

/** What one request can do. */
export type PlanStep =
  | { readonly action: "authorize"; readonly rules: readonly WantedRule[]; readonly tags: Tags }
  | ChangeStep;
