import { EgressRule, EgressRuleSet } from "../../../index";
import type { Befalling, Calls, Endpoint } from "../../ec2/endpoint";
import { CHANGES, type Change, KINDS, type Kind } from "./changes";
import { FAULTS, type FaultOfRun } from "./faults";

/** One change, on a group in its own Region: that gives it its own retries in the AWS SDK. */
export interface Case {
  readonly kind: Kind;
  readonly change: Change;
  readonly region: string;
  readonly group: string;
}

export interface FaultCase extends Case {
  readonly fault: FaultOfRun;
}

/** Which cases of a table to run. */
export type Meant = (one: Pick<FaultCase, "kind" | "change" | "fault">) => boolean;

/** Whether the whole fault can hit a change: one that reads nothing back meets no stale read. */
export const canBefall: Meant = ({
  kind,
  change: { action, before, after, renamed },
  fault: { fault, readsBehind },
}) => {
  if (readsBehind === undefined) return true;
  // A takeover reads the rule first.
  if (renamed) return false;
  const isMade = action === "AuthorizeSecurityGroupEgress";
  // Single rules are read before deletion, and after a lost answer.
  if (kind !== "set") return action === "RevokeSecurityGroupEgress" || (isMade && fault !== undefined);
  if (fault === undefined) return before !== undefined;
  // A set that sees stale rules may never reach the call that should fail.
  const isMisled = before !== undefined && after !== undefined && !isMade;
  return !isMisled || readsBehind === 1;
};

export async function makeCases(endpoint: Endpoint, isMeant: Meant): Promise<FaultCase[]> {
  const cases: FaultCase[] = [];
  for (const kind of KINDS) {
    for (const [place, change] of CHANGES[kind].entries()) {
      for (const [number, fault] of FAULTS.entries()) {
        if (!isMeant({ kind, change, fault })) continue;
        const region = regionFor(kind, place, number);
        const [group = ""] = await endpoint.makeGroups(1, region);
        cases.push({ kind, change, fault, region, group });
      }
    }
  }
  return cases;
}

/** A Region's name has a number only at its end. */
export function regionFor(kind: Kind, change: number, number: number): string {
  return `us-${kind}-${"abcdefghijkl"[change]}-${number}`;
}

/** Declares the rules of a case before or after its change. */
export function declare(
  { kind, change, region, group: securityGroupId }: Case,
  when: "before" | "after",
  adopt = false,
): void {
  const rules = change[when];
  if (rules === undefined) return;
  const name = change.renamed && when === "after" ? `${region}-renamed` : region;
  if (kind === "set") new EgressRuleSet(name, { securityGroupId, region, rules, adopt });
  else {
    for (const [place, rule] of rules.entries()) {
      new EgressRule(`${name}-${place}`, { securityGroupId, region, ...rule, adopt });
    }
  }
}

/** The Region of a resource's case, from its name or URN. */
export function regionOf(resource: string): string {
  return /\bus-[a-z]+-[a-z]-\d+/.exec(resource)?.[0] ?? "";
}

/** As long as a busy machine takes to hand over the rules of this many cases. */
export const untilOthersCome = (cases: number): number => 2_000 + 60 * cases;

/** @param cases their total number */
export function befallings(one: FaultCase, cases: number): Befalling[] {
  const { fault } = one.fault;
  if (fault === undefined) return [];
  if (one.fault.always) return [{ ...callsOf(one), rules: 1, times: 99, fault }];
  return [{ ...callsOf(one), fault }, ...gathering(one, untilOthersCome(cases))];
}

/** The calls that make the change of a case: the request that holds several rules, for several. */
export function callsOf({ kind, change: { action }, region }: Case): Calls {
  return { action, region, rules: kind === "rules" ? 2 : 1 };
}

/** A rule deleted alone is slow, so that the others wait for it and share a request. */
export function gathering({ kind, change: { action }, region }: Case, milliseconds: number): Befalling[] {
  const slow = { kind: "slow", milliseconds } as const;
  return kind === "rules" ? [{ action, region, fault: slow }] : [];
}
