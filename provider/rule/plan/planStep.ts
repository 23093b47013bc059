import type { RuleInputs } from "../rule";
import type { Tags } from "../tags";

/** A rule of a group as it is to be: description included in its inputs, tags beside them. */
export interface WantedRule {
  readonly inputs: RuleInputs;
  /** All of them, the claim included. */
  readonly tags: Tags;
  /** How many rules it counts as in the group's quota. */
  readonly weight: number;
}

/** A rule that a group has. */
export interface PresentRule extends WantedRule {
  readonly id: string;
}

/** A rule that a group has, and what it is to be: with a different description, or another rule altogether. */
export interface RuleUpdate {
  readonly id: string;
  readonly inputs: RuleInputs;
}

/** A step that changes rules which are there, each of them whatever comes of the others. */
export type ChangeStep =
  | { readonly action: "modify"; readonly updates: readonly RuleUpdate[] }
  | { readonly action: "setTags"; readonly ids: readonly string[]; readonly tags: Tags }
  | { readonly action: "removeTags"; readonly ids: readonly string[]; readonly keys: readonly string[] }
  | {
      readonly action: "revoke";
      readonly ids: readonly string[];
      /** Whether it goes before the others, as the group has no room for both. */
      readonly early: boolean;
    };

/** What can be asked of EC2 in one request. */
export type PlanStep =
  | { readonly action: "authorize"; readonly rules: readonly WantedRule[]; readonly tags: Tags }
  | ChangeStep;
