import { type Draft, newDraft } from "./draft";
import { anyDrift, type Drift } from "./drift";
import {
  addSet,
  addSingle,
  changeSet,
  changeSingle,
  type Edit,
  moveToGroup,
  removeAll,
  removeOne,
  switchExclusive,
  switchRestoreDefault,
} from "./edits";
import {
  adoptStranger,
  dissolveSet,
  moveBetweenSets,
  moveIntoSet,
  moveOutOfSet,
  rename,
  renameWithAlias,
  shiftList,
  swapRules,
} from "./moves";
import type { Random } from "./random";
import type { Places } from "./rules";
import { settled } from "./settled";
import { anyTrouble, type Trouble } from "./trouble";
import type { World } from "./world";

/** The actions of one step, and the expected result. */
export interface Step {
  readonly drifts: readonly Drift[];
  readonly trouble: Trouble;
  /** Whether a refresh comes first: as a separate command, or within the `up`. */
  readonly refreshFirst: false | "alone" | "in the same run";
  /** Whether a refresh comes before the next `up`, after a kill ended the first. */
  readonly refreshAfterKill: boolean;
  /** Whether a preview afterwards must show no change. */
  readonly previewAfter: boolean;
  readonly draft: Draft;
  readonly after: World;
}

const EDITS: readonly Edit[] = [
  ...times(5, addSingle),
  ...times(2, addSet),
  ...times(4, removeOne),
  ...times(5, changeSingle),
  ...times(4, changeSet),
  ...times(2, moveToGroup),
  ...times(2, switchExclusive),
  switchRestoreDefault,
  ...times(2, renameWithAlias),
  ...times(2, rename),
  ...times(2, moveIntoSet),
  dissolveSet,
  moveOutOfSet,
  moveBetweenSets,
  ...times(2, adoptStranger),
  removeAll,
  ...times(2, swapRules),
  ...times(2, shiftList),
];

/** From this many resources on, as many leave as arrive: an `up` should take seconds. */
const MUCH = 20;

export function anyStep(
  random: Random,
  before: World,
  { groups, places, ids }: { groups: readonly string[]; places: Places; ids: ReadonlyMap<string, string> },
): Step {
  const draft = newDraft(random, before, groups, places);
  const drifts: Drift[] = [];
  if (random.chance(0.35)) {
    for (let left = random.integer(1, 3); left > 0; left--) {
      const drift = anyDrift(draft, ids);
      if (drift) drifts.push(drift);
    }
  }
  // Sometimes only the spelling changes.
  const count = random.chance(0.07) ? 0 : random.integer(2, 9);
  for (let made = 0; made < count; made++) {
    const isMuch = draft.resources.size > MUCH && random.chance(0.5);
    const note = (isMuch ? removeOne : random.pick(EDITS))(draft);
    if (note !== undefined) draft.notes.push(note);
  }
  return {
    drifts,
    trouble: anyTrouble(random),
    refreshFirst: random.chance(drifts.length > 0 ? 0.6 : 0.15) && random.pick(["alone", "in the same run"]),
    refreshAfterKill: random.chance(0.4),
    previewAfter: random.chance(0.25),
    draft,
    after: settled(draft),
  };
}

function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}
