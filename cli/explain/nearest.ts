import { overlaps, type Reach } from "../../provider/rule/reach";
import { ruleText, trafficText } from "../../provider/rule/rule";
import { UNKNOWN } from "../../provider/rule/unknown";
import type { DeclaredRule } from "../program/model";
import type { Reaching } from "./answer";
import { isAllTraffic, isSameTraffic } from "./doubts";

/** Allowed traffic that is close to the question. */
export interface Near {
  /** `tcp 443 goes to 10.0.0.0/24 only`. */
  readonly text: string;
  readonly rules: readonly DeclaredRule[];
}

/** The closest rules: for part of the traffic, then for the same traffic elsewhere, then for other traffic there. */
export function nearestOf(asked: Reach, reaching: readonly Reaching[]): Near[] {
  if (reaching.length === 0) return [{ text: "no known rule allows any traffic from the group", rules: [] }];
  const parts = reaching.filter(({ reach }) => overlaps(reach, asked));
  const elsewhere = reaching
    .filter((one) => !parts.includes(one) && isSameTraffic(one.reach, asked))
    .sort((one, other) => byDistance(distance(one.reach, asked), distance(other.reach, asked)));
  const otherwise = reaching.filter(
    (one) => !parts.includes(one) && !isSameTraffic(one.reach, asked) && isThere(one.reach, asked),
  );
  return [
    ...(parts.length > 0
      ? [near(parts, (rules) => `only part of the traffic is allowed, by ${rules}`, wholeText)]
      : []),
    ...byTraffic(elsewhere, asked),
    ...(otherwise.length > 0
      ? [near(otherwise, (rules) => `what goes there is ${rules} only`, onlyTrafficText)]
      : []),
  ].slice(0, MOST_NEAR);
}

const MOST_NEAR = 3;
const MOST_NAMED = 3;

type Say = (rule: DeclaredRule) => string;

const wholeText: Say = ({ traffic }) => ruleText({ ...traffic, securityGroupId: UNKNOWN });
const onlyTrafficText: Say = ({ traffic }) => trafficText(traffic.protocol, traffic.ports);
const destinationText: Say = ({ traffic }) => traffic.destination.value;

function near(reaching: readonly Reaching[], say: (rules: string) => string, name: Say): Near {
  const rules = reaching.map(({ rule }) => rule);
  const names = [...new Set(rules.map(name))];
  const rest = names.length - MOST_NAMED;
  const listed = `${names.slice(0, MOST_NAMED).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
  return { text: say(listed), rules: rules.slice(0, MOST_NAMED) };
}

/** One sentence for each kind of traffic. Kinds that include all of the traffic in question come first. */
function byTraffic(elsewhere: readonly Reaching[], asked: Reach): Near[] {
  const kinds = new Map<string, Reaching[]>();
  const whole = elsewhere.filter(({ reach }) => isAllTraffic(reach, asked));
  for (const one of new Set([...whole, ...elsewhere])) {
    const kind = onlyTrafficText(one.rule);
    kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
  }
  return [...kinds].map(([kind, reaching]) =>
    near(reaching, (destinations) => `${kind} goes to ${destinations} only`, destinationText),
  );
}

/** The gap between the addresses of a rule and those in question; infinity if they cannot be compared. */
function distance(rule: Reach, asked: Reach): number {
  if (rule.space !== asked.space) return Number.POSITIVE_INFINITY;
  const before = asked.addresses.first - rule.addresses.last;
  const after = rule.addresses.first - asked.addresses.last;
  // At most one of them is above zero: the gap on the side where there is one.
  return Number([before, after].find((gap) => gap > 0n) ?? 0n);
}

/** Whether a rule is for the destination in question, with any traffic. */
function isThere(rule: Reach, asked: Reach): boolean {
  return overlaps({ ...rule, protocol: asked.protocol, numbers: asked.numbers }, asked);
}

/** Infinity minus infinity is NaN, which would break the sort. */
function byDistance(one: number, other: number): number {
  return one === other ? 0 : one - other;
}
