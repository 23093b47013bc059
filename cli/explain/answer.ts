import { uncovered } from "../../provider/rule/coverage";
import type { DestinationKind } from "../../provider/rule/destination";
import { contains, overlaps, type Reach, reachOf } from "../../provider/rule/reach";
import type { DeclaredRule, GroupRules } from "../program/model";
import { doubtsOf } from "./doubts";
import { type Near, nearestOf } from "./nearest";
import type { Question } from "./question";
import { unfilteredText } from "./unfiltered";

/** Whether a group allows the traffic in question. */
export interface Answer {
  /** `unfiltered` is traffic that security groups never filter. */
  readonly answer: "yes" | "no" | "unknown" | "unfiltered";
  /** The rules that allow the traffic: each alone, or all together if no single one does. */
  readonly by: readonly DeclaredRule[];
  /** A condition on the answer: one address family. */
  readonly only?: string;
  /** Why the answer is unknown. */
  readonly unless: readonly string[];
  /** The allowed traffic that is closest to the question, if the answer is not "yes". */
  readonly nearest: readonly Near[];
  /** Why no rule is needed. */
  readonly unfiltered?: string;
}

/** A rule, and its traffic as ranges that can be compared. */
export interface Reaching {
  readonly rule: DeclaredRule;
  readonly reach: Reach;
}

/** Answers from the declared rules: "yes" only if that is certain. */
export function answerOf({ traffic }: Question, rules: GroupRules): Answer {
  const asked = reachOf(traffic);
  if (asked === undefined)
    return { answer: "unknown", by: [], unless: ["the question is not known"], nearest: [] };
  const unfiltered = unfilteredText(asked);
  if (unfiltered !== undefined) return { answer: "unfiltered", by: [], unless: [], nearest: [], unfiltered };

  const reaching = rules.rules.flatMap((rule) => {
    const reach = reachOf(rule.traffic);
    return reach === undefined ? [] : [{ rule, reach }];
  });
  const by = coveringOf(asked, reaching);
  if (by !== undefined) return { answer: "yes", by, unless: [], nearest: [] };
  const whole = byWholeFamilies(traffic.destination.kind, asked, reaching);
  if (whole !== undefined) return { answer: "yes", unless: [], nearest: [], ...whole };

  const unless = doubtsOf(traffic, asked, reaching, rules.unknown);
  const nearest = nearestOf(asked, reaching);
  return { answer: unless.length > 0 ? "unknown" : "no", by: [], unless, nearest };
}

/** The rules that allow all of the traffic, each alone or together; undefined if they do not. */
function coveringOf(asked: Reach, reaching: readonly Reaching[]): DeclaredRule[] | undefined {
  const alone = reaching.filter(({ reach }) => contains(reach, asked));
  if (alone.length > 0) return alone.map(({ rule }) => rule);
  const met = reaching.filter(({ reach }) => overlaps(reach, asked));
  const rest = uncovered(
    asked,
    met.map(({ reach }) => reach),
  );
  return rest.length > 0 ? undefined : met.map(({ rule }) => rule);
}

/** All addresses of each family. They include the members of every group and prefix list. */
const FAMILIES = [
  { family: "IPv4", space: "ipv4", bits: 32n },
  { family: "IPv6", space: "ipv6", bits: 128n },
] as const;

/** Rules for all addresses include every group and list. A list requires both families: even its family is unknown. */
function byWholeFamilies(
  kind: DestinationKind,
  asked: Reach,
  reaching: readonly Reaching[],
): Pick<Answer, "by" | "only"> | undefined {
  if (kind !== "securityGroup" && kind !== "prefixList") return undefined;
  const reached = FAMILIES.flatMap(({ family, space, bits }) => {
    const all = { ...asked, space, addresses: { first: 0n, last: (1n << bits) - 1n } };
    const by = coveringOf(all, reaching);
    return by === undefined ? [] : [{ family, by }];
  });
  const [first] = reached;
  if (first === undefined || (kind === "prefixList" && reached.length < FAMILIES.length)) return undefined;
  return {
    by: reached.flatMap(({ by }) => by),
    ...(reached.length < FAMILIES.length && { only: `over ${first.family} only` }),
  };
}
