import type { Because, DeclaredRule, Model, UnknownRule } from "../program/model";
import { type GroupReview, reviewGroup } from "./groupReview";
import type { Quota } from "./quota";
import { compare } from "./reach/span";
import { type Verdict, verdictOfAll } from "./verdict";

/** What a change opens and closes, for each group of a program. */
export interface Review {
  readonly verdict: Verdict;
  readonly groups: readonly GroupReview[];
  /** What the review does not cover, in sentences. */
  readonly gaps: readonly string[];
}

export interface ReviewOptions {
  /** How many rules a group may have for each family. The default is AWS's. */
  readonly quota?: number;
}

export function reviewOf(model: Model, options: ReviewOptions = {}): Review {
  // The engine's order varies from run to run, but a report that is updated in place should not.
  const inOrder = [...model.groups].sort((one, other) => compare(one.group, other.group));
  const groups = inOrder.map((change) => reviewGroup(change, options.quota));
  return { verdict: verdictOfAll(groups.map(({ verdict }) => verdict)), groups, gaps: model.gaps };
}

export type { Because, DeclaredRule, GroupReview, Quota, UnknownRule, Verdict };
