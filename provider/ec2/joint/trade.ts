import { isDuplicate } from "../errors";
import type { RuleUpdate } from "../requests";
import { failedAll, type Outcomes } from "./joined";
import { inTurn, isParked, makeWay, type RulesById } from "./makeWay";
import type { Means, Refusal } from "./tellApart";

/**
 * Lets rules trade places: at one stroke, or where EC2 does not take that, one after the other.
 *
 * @param refusal that of a request for just these
 */
export async function trade(
  trading: readonly RuleUpdate[],
  rules: RulesById,
  refusal: Refusal | undefined,
  { attempt }: Means<RuleUpdate>,
): Promise<Outcomes<RuleUpdate, unknown>> {
  const ways = makeWay(trading, rules);
  const all = [...trading, ...ways];
  const together = refusal && ways.length === 0 ? refusal : await attempt(all);
  if (together === undefined) return new Map();
  if (!isDuplicate(together.error)) return failedAll(trading, together.error);

  const done = new Set<RuleUpdate>();
  for (const step of inTurn(all, rules)) {
    const refused = await attempt([step]);
    if (refused) {
      await putBack(done, rules, attempt);
      const undone = trading.filter((update) => !done.has(update));
      return failedAll(undone, refused.error);
    }
    done.add(step);
  }
  return new Map();
}

/** Who has stepped aside and cannot go on is what it was, if it can be. */
async function putBack(
  done: ReadonlySet<RuleUpdate>,
  rules: RulesById,
  attempt: Means<RuleUpdate>["attempt"],
): Promise<void> {
  const last = new Map([...done].map((step) => [step.id, step]));
  for (const { id, inputs } of last.values()) {
    const before = rules.get(id);
    if (before && isParked(inputs)) await attempt([{ id, inputs: before.inputs }]);
  }
}
