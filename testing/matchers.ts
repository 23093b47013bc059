import { uncovered } from "../provider/rule/coverage";
import { quote } from "../provider/rule/failure";
import { overlaps, type Reach, reachOf } from "../provider/rule/reach";
import { isRecord } from "../provider/rule/record";
import { type CanonicalDestination, ruleText } from "../provider/rule/rule";
import { failureText } from "./failureText";
import { reachText } from "./reachText";
import type { RecordedRule } from "./recordedRule";
import { type ParsedTraffic, parseTraffic, type Traffic } from "./traffic";

/**
 * What `expect(rules)` can do with the rules that a recorder gives.
 *
 * Rules and traffic are compared as they are written, the rules taken together. Who is in a group and what a prefix
 * list holds is not known to a test: a rule that leads to one of them lets out what goes to that very one, and for an
 * address it counts as no rule.
 *
 * With `@jest/globals`, which does not read the global types of jest, declare them once; Vitest reads them:
 *
 * ```ts
 * declare module "expect" {
 *   interface Matchers<R extends void | Promise<void>> extends EgressMatchers<R> {}
 * }
 * ```
 */
export interface EgressMatchers<R> {
  /** All of this traffic is let out, by one rule or by several together. */
  toAllow(traffic: Traffic): R;
  /** Nothing of this traffic is let out: not the same as `.not.toAllow`, which holds when a part of it is not. */
  toDeny(traffic: Traffic): R;
  /** All of this traffic is let out, each of the list, and nothing beside it. */
  toAllowOnly(traffic: readonly Traffic[]): R;
}

declare global {
  namespace jest {
    // The name is jest's own; @types/jest gives T a default, so that this holds with it and without.
    interface Matchers<R> extends EgressMatchers<R> {}
  }
}

interface Result {
  readonly pass: boolean;
  readonly message: () => string;
}

/** For `expect.extend(egressMatchers)`. */
export const egressMatchers = {
  toAllow(received: unknown, traffic: Traffic): Result {
    const rules = recordedRules("toAllow", received);
    const expected = parseTraffic(traffic, destinationsOf(rules));
    const missing = missingOf(expected, rules);
    const pass = missing.length === 0;
    return {
      pass,
      message: () =>
        failureText(
          pass
            ? "expect(rules).not.toAllow: all of it is let out"
            : "expect(rules).toAllow: not all of it is let out",
          { traffic: [expected.text], missing, rules: rules.map(lineOf) },
        ),
    };
  },

  toDeny(received: unknown, traffic: Traffic): Result {
    const rules = recordedRules("toDeny", received);
    const expected = parseTraffic(traffic, destinationsOf(rules));
    const open = rules.filter((rule) => isOf(expected, rule) && touches(expected, rule));
    const pass = open.length === 0;
    return {
      pass,
      message: () =>
        failureText(
          pass
            ? "expect(rules).not.toDeny: nothing of it is let out"
            : "expect(rules).toDeny: some of it is let out",
          { traffic: [expected.text], "let out by": open.map(lineOf), rules: rules.map(lineOf) },
        ),
    };
  },

  toAllowOnly(received: unknown, traffic: readonly Traffic[]): Result {
    const rules = recordedRules("toAllowOnly", received);
    if (!Array.isArray(traffic))
      throw new Error(`toAllowOnly takes a list of traffic, not ${quote(traffic)}`);
    const expected = traffic.map((one) => parseTraffic(one, destinationsOf(rules)));
    const missing = expected.flatMap((one) => missingOf(one, rules));
    const beyond = rules.flatMap((rule) => beyondOf(rule, expected));
    const pass = missing.length === 0 && beyond.length === 0;
    return {
      pass,
      message: () =>
        failureText(
          pass
            ? "expect(rules).not.toAllowOnly: all of it is let out, and nothing else"
            : "expect(rules).toAllowOnly: something else is let out, or not all of it",
          { traffic: expected.map(({ text }) => text), missing, beyond, rules: rules.map(lineOf) },
        ),
    };
  },
};

function recordedRules(matcher: string, received: unknown): readonly RecordedRule[] {
  if (Array.isArray(received) && received.every(isRecordedRule)) return received;
  throw new Error(
    `expect(…).${matcher} takes the rules that the recorder gives: expect(await egress.rules()).${matcher}(…)`,
  );
}

function isRecordedRule(value: unknown): value is RecordedRule {
  return isRecord(value) && typeof value.protocol === "string" && isRecord(value.destination);
}

function destinationsOf(rules: readonly RecordedRule[]): CanonicalDestination[] {
  return rules.map(({ destination }) => destination);
}

/** Whether a rule counts for traffic that may be said to leave a certain group. */
function isOf({ securityGroup }: ParsedTraffic, rule: RecordedRule): boolean {
  return securityGroup === undefined || securityGroup === rule.securityGroupId;
}

function touches({ reaches }: ParsedTraffic, rule: RecordedRule): boolean {
  return reachesOf([rule]).some((reach) => reaches.some((one) => overlaps(one, reach)));
}

function reachesOf(rules: readonly RecordedRule[]): Reach[] {
  return rules.flatMap((rule) => reachOf(rule) ?? []);
}

/** What of the traffic is not let out. */
function missingOf(expected: ParsedTraffic, rules: readonly RecordedRule[]): string[] {
  const reaches = reachesOf(rules.filter((rule) => isOf(expected, rule)));
  const left = expected.reaches.map((reach) => uncovered(reach, reaches));
  return left.some((pieces) => pieces.length === 0) ? [] : (left[0] ?? []).map(reachText);
}

/** What of a rule is beyond the traffic. */
function beyondOf(rule: RecordedRule, expected: readonly ParsedTraffic[]): string[] {
  const reaches = expected.filter((one) => isOf(one, rule)).flatMap((one) => one.reaches);
  const left = reachesOf([rule]).flatMap((reach) => uncovered(reach, reaches));
  return left.map((piece) => `${reachText(piece)}, by "${rule.name}"`);
}

function lineOf(rule: RecordedRule): string {
  return `${ruleText(rule)} on ${rule.securityGroupId}, "${rule.name}"`;
}
