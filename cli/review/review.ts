import type { Because, DeclaredRule, Model, UnknownRule } from "../program/model";
import { type GroupReview, reviewGroup } from "./groupReview";
import type { Quota } from "./quota";
import { compare } from "./reach/span";
import { type Verdict, verdictOfAll } from "./verdict";

/** What a change does to what may leave the groups of a program. */
export interface Review {
  readonly verdict: Verdict;
  readonly groups: readonly GroupReview[];
  /** What could not be looked at, in sentences. */
  readonly gaps: readonly string[];
}

export interface ReviewOptions {
  /** How many rules a group may have for each family; AWS's default where none is given. */
  readonly quota?: number;
}

export function reviewOf(model: Model, options: ReviewOptions = {}): Review {
  // The engine tells resources in another order each time: a report that is updated in place should keep its own.
  const inOrder = [...model.groups].sort((one, other) => compare(one.group, other.group));
  const groups = inOrder.map((change) => reviewGroup(change, options.quota));
  return { verdict: verdictOfAll(groups.map(({ verdict }) => verdict)), groups, gaps: model.gaps };
}

export type { Because, DeclaredRule, GroupReview, Quota, UnknownRule, Verdict };
