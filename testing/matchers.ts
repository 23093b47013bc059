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
 * The matchers of `expect(rules)`, for the rules that a recorder returns.
 *
 * The matchers compare traffic with all of the rules together. A test does not know the members of a group or the entries
 * of a prefix list: a rule to a group or a list allows traffic to exactly that group or list, and no traffic to an
 * address.
 *
 * `@jest/globals` does not read Jest's global types, so declare the matchers once. Vitest reads them:
 *
 * ```ts
 * declare module "expect" {
 *   interface Matchers<R extends void | Promise<void>> extends EgressMatchers<R> {}
 * }
 * ```
 */
export interface EgressMatchers<R> {
  /** Passes if the rules, together, allow all of this traffic. */
  toAllow(traffic: Traffic): R;
  /** Passes if the rules allow none of this traffic. `.not.toAllow` differs: it passes if they do not allow all of it. */
  toDeny(traffic: Traffic): R;
  /** Passes if the rules allow all traffic in the list, and nothing else. */
  toAllowOnly(traffic: readonly Traffic[]): R;
}

declare global {
  namespace jest {
    // Jest requires this name. @types/jest gives T a default, so this works with and without it.
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
            ? "expect(rules).not.toAllow: the rules allow all of this traffic"
            : "expect(rules).toAllow: the rules do not allow all of this traffic",
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
            ? "expect(rules).not.toDeny: the rules allow none of this traffic"
            : "expect(rules).toDeny: the rules allow some of this traffic",
          { traffic: [expected.text], "allowed by": open.map(lineOf), rules: rules.map(lineOf) },
        ),
    };
  },

  toAllowOnly(received: unknown, traffic: readonly Traffic[]): Result {
    const rules = recordedRules("toAllowOnly", received);
    if (!Array.isArray(traffic))
      throw new Error(`toAllowOnly: traffic must be a list; got ${quote(traffic)}`);
    const expected = traffic.map((one) => parseTraffic(one, destinationsOf(rules)));
    const missing = expected.flatMap((one) => missingOf(one, rules));
    const beyond = rules.flatMap((rule) => beyondOf(rule, expected));
    const pass = missing.length === 0 && beyond.length === 0;
    return {
      pass,
      message: () =>
        failureText(
          pass
            ? "expect(rules).not.toAllowOnly: the rules allow exactly this traffic"
            : "expect(rules).toAllowOnly: the rules do not allow exactly this traffic",
          { traffic: expected.map(({ text }) => text), missing, beyond, rules: rules.map(lineOf) },
        ),
    };
  },
};

function recordedRules(matcher: string, received: unknown): readonly RecordedRule[] {
  if (Array.isArray(received) && received.every(isRecordedRule)) return received;
  throw new Error(
    `expect(…).${matcher} needs the rules that the recorder returns: use expect(await egress.rules()).${matcher}(…)`,
  );
}

function isRecordedRule(value: unknown): value is RecordedRule {
  return isRecord(value) && typeof value.protocol === "string" && isRecord(value.destination);
}

function destinationsOf(rules: readonly RecordedRule[]): CanonicalDestination[] {
  return rules.map(({ destination }) => destination);
}

/** Whether a rule is on the group that the traffic leaves, if the traffic specifies one. */
function isOf({ securityGroup }: ParsedTraffic, rule: RecordedRule): boolean {
  return securityGroup === undefined || securityGroup === rule.securityGroupId;
}

function touches({ reaches }: ParsedTraffic, rule: RecordedRule): boolean {
  return reachesOf([rule]).some((reach) => reaches.some((one) => overlaps(one, reach)));
}

function reachesOf(rules: readonly RecordedRule[]): Reach[] {
  return rules.flatMap((rule) => reachOf(rule) ?? []);
}

/** The traffic that the rules do not allow. */
function missingOf(expected: ParsedTraffic, rules: readonly RecordedRule[]): string[] {
  const reaches = reachesOf(rules.filter((rule) => isOf(expected, rule)));
  const left = expected.reaches.map((reach) => uncovered(reach, reaches));
  return left.some((pieces) => pieces.length === 0) ? [] : (left[0] ?? []).map(reachText);
}

/** What a rule allows in addition to the traffic. */
function beyondOf(rule: RecordedRule, expected: readonly ParsedTraffic[]): string[] {
  const reaches = expected.filter((one) => isOf(one, rule)).flatMap((one) => one.reaches);
  const left = reachesOf([rule]).flatMap((reach) => uncovered(reach, reaches));
  return left.map((piece) => `${reachText(piece)}, by "${rule.name}"`);
}

function lineOf(rule: RecordedRule): string {
  return `${ruleText(rule)} on ${rule.securityGroupId}, "${rule.name}"`;
}
