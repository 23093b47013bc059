import { EgressRule, EgressRuleSet } from "../../../index";
import type { Befalling, Calls, Endpoint } from "../../ec2/endpoint";
import { CHANGES, type Change, KINDS, type Kind } from "./changes";
import { FAULTS, type FaultOfRun } from "./faults";

/** One change, on a group in a Region of its own: there the AWS SDK's retries are its own, too. */
export interface Case {
  readonly kind: Kind;
  readonly change: Change;
  readonly region: string;
  readonly group: string;
}

export interface FaultCase extends Case {
  readonly fault: FaultOfRun;
}

/** Which cases of a table are tried. */
export type Meant = (one: Pick<FaultCase, "kind" | "change" | "fault">) => boolean;

/** Whether all of a fault can befall a change: one that does not read what has changed meets no stale read. */
export const canBefall: Meant = ({
  kind,
  change: { action, before, after, renamed },
  fault: { fault, readsBehind },
}) => {
  if (readsBehind === undefined) return true;
  // Who takes a rule over has looked at it before.
  if (renamed) return false;
  const isMade = action === "AuthorizeSecurityGroupEgress";
  // Single rules are looked at when they go, and after a lost answer.
  if (kind !== "set") return action === "RevokeSecurityGroupEgress" || (isMade && fault !== undefined);
  if (fault === undefined) return before !== undefined;
  // A set that sees its rules as they were may never come to the call that is to fail.
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

/** Declares the rules of a case as they are before its change or after it. */
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

/** The Region of the case that a resource is part of, by its name or URN. */
export function regionOf(resource: string): string {
  return /\bus-[a-z]+-[a-z]-\d+/.exec(resource)?.[0] ?? "";
}

/** As long as it takes a busy machine to hand over the rules of so many cases. */
export const untilOthersCome = (cases: number): number => 2_000 + 60 * cases;

/** @param cases how many there are in all */
export function befallings(one: FaultCase, cases: number): Befalling[] {
  const { fault } = one.fault;
  if (fault === undefined) return [];
  if (one.fault.always) return [{ ...callsOf(one), rules: 1, times: 99, fault }];
  return [{ ...callsOf(one), fault }, ...gathering(one, untilOthersCome(cases))];
}

/** The calls that make the change of a case: of rules in one request, those of several. */
export function callsOf({ kind, change: { action }, region }: Case): Calls {
  return { action, region, rules: kind === "rules" ? 2 : 1 };
}

/** A rule that goes alone is slow, so that the others, which wait for it, share a request. */
export function gathering({ kind, change: { action }, region }: Case, milliseconds: number): Befalling[] {
  const slow = { kind: "slow", milliseconds } as const;
  return kind === "rules" ? [{ action, region, fault: slow }] : [];
}
