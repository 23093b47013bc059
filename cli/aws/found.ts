import type { RuleInputs } from "../../provider/rule/rule";
import type { Tags } from "../../provider/rule/tags";

/** What there is, from wherever it was read. */
export interface Found {
  readonly groups: readonly FoundGroup[];
  /** What groups are called, by their ids, where that is known. */
  readonly groupNames: ReadonlyMap<string, string>;
  /** What prefix lists are called, by their ids, where that is known. */
  readonly listNames: ReadonlyMap<string, string>;
  /** What could not be found out. */
  readonly gaps: readonly string[];
}

export interface FoundGroup {
  readonly id: string;
  /** Its outbound rules. */
  readonly rules: readonly FoundRule[];
}

/** An outbound rule as EC2 has it. */
export interface FoundRule {
  readonly id: string;
  /** In canonical form, without tags. */
  readonly inputs: RuleInputs;
  /** All but the claim and AWS's own. */
  readonly tags: Tags;
  readonly claim?: string;
  /** The tag by which a controller keeps it, if one does. */
  readonly controllerTag?: string;
}
