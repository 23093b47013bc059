import { type RuleInputs, ruleOf, ruleText } from "../../provider/rule/rule";
import type { Tags } from "../../provider/rule/tags";

/** The existing rules, from EC2 or from a file. */
export interface Found {
  readonly groups: readonly FoundGroup[];
  /** Group names by id, as far as they are known. */
  readonly groupNames: ReadonlyMap<string, string>;
  /** Prefix list names by id, as far as they are known. */
  readonly listNames: ReadonlyMap<string, string>;
  /** What remains unknown. */
  readonly gaps: readonly string[];
}

export interface FoundGroup {
  readonly id: string;
  readonly rules: readonly FoundRule[];
}

/** An outbound rule in EC2. */
export interface FoundRule {
  readonly id: string;
  /** In canonical form, without tags. */
  readonly inputs: RuleInputs;
  /** All tags except the claim and AWS's own. */
  readonly tags: Tags;
  readonly claim?: string;
  /** The tag of the controller that manages the rule, if one does. */
  readonly controllerTag?: string;
}

/** The text of a rule in notes: `tcp 443 to 10.0.0.0/16 (sgr-…)`. */
export function textOf({ id, inputs }: Pick<FoundRule, "id" | "inputs">): string {
  return `${ruleText(ruleOf(inputs))} (${id})`;
}
