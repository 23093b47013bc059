import { withoutUndefined } from "../../rule/record";
import type { RuleInputs } from "../../rule/rule";
import type { RuleUpdate } from "../requests";
import { identityOf } from "./groupRules";

/** The rules of a group as they are, by id. */
export type RulesById = ReadonlyMap<string, { readonly inputs: RuleInputs }>;

/**
 * What becomes of the rules that are yet what others are to be: each takes what the one that takes its place leaves
 * behind, so that the group allows what it did before but for what the updates bring.
 *
 * @param updates each to what another rule is, one of these or not, or to what none is
 */
export function makeWay(updates: readonly RuleUpdate[], rules: RulesById): RuleUpdate[] {
  const holders = new Map([...rules].map(([id, rule]) => [identityOf(rule), { id, ...rule }]));
  const changing = new Set(updates.map(({ id }) => id));
  const wanted = new Map(updates.map((update) => [identityOf(update), update]));
  /** What is left behind where no other of these follows. */
  const leftBehind = ({ id }: RuleUpdate): RuleInputs | undefined => {
    const rule = rules.get(id);
    const next = rule && wanted.get(identityOf(rule));
    return next === undefined || next.id === id ? rule?.inputs : leftBehind(next);
  };
  return updates.flatMap((update) => {
    const holder = holders.get(identityOf(update));
    if (holder === undefined || changing.has(holder.id)) return [];
    const left = leftBehind(update);
    return left ? [{ id: holder.id, inputs: described(left, holder.inputs.description) }] : [];
  });
}

/** The protocol number that IANA keeps back. */
const RESERVED_PROTOCOL = "255";

/**
 * What a rule is for a moment where two trade places and EC2 takes one change after the other: it leads where it did,
 * for a protocol that nothing speaks.
 *
 * Source: IANA, Assigned Internet Protocol Numbers.
 */
function parked({ fromPort: _, toPort: __, ...inputs }: RuleInputs): RuleInputs {
  return { ...inputs, ipProtocol: RESERVED_PROTOCOL };
}

/** Whether a rule has stepped aside. */
export function isParked({ ipProtocol }: RuleInputs): boolean {
  return ipProtocol === RESERVED_PROTOCOL;
}

function described({ description: _, ...inputs }: RuleInputs, description: string | undefined): RuleInputs {
  return { ...inputs, ...withoutUndefined({ description }) };
}

/**
 * The same changes one after the other, so that none becomes what another rule is at that moment; where they go in a
 * circle, one of them steps aside first.
 */
export function inTurn(updates: readonly RuleUpdate[], rules: RulesById): RuleUpdate[] {
  const now = new Map([...rules].map(([id, { inputs }]) => [id, inputs]));
  const steps: RuleUpdate[] = [];
  const go = (step: RuleUpdate) => {
    now.set(step.id, step.inputs);
    steps.push(step);
  };
  let left = updates;
  for (let [first] = left; first !== undefined; [first] = left) {
    const holders = new Map([...now].map(([id, inputs]) => [identityOf({ inputs }), id]));
    const isFree = (update: RuleUpdate) => [undefined, update.id].includes(holders.get(identityOf(update)));
    const free = left.find(isFree);
    const inputs = now.get(first.id);
    if (free) left = left.filter((update) => update !== free);
    // What even that does not free is not for these to free.
    else if (inputs === undefined || isParked(inputs)) return [...steps, ...left];
    go(free ?? { id: first.id, inputs: parked(inputs ?? first.inputs) });
  }
  return steps;
}
