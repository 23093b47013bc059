import * as pulumi from "@pulumi/pulumi";
import { DESTINATION_PROPERTY } from "../rule/destination";
import { identity } from "../rule/identity";
import { type Rule, type RuleInputs, ruleOf } from "../rule/rule";
import { isUnknown } from "../rule/unknown";
import type { DeclaredRule } from "./programCheck";

/** The rules of each run of a program, by identity: one process may run several programs, or one again. */
const declared = new WeakMap<object, Map<string, DeclaredRule>>();

/** The rule of this program that was declared first and is the same as this one, if there is one. */
export function firstOfSame(rule: DeclaredRule, inputs: RuleInputs): DeclaredRule | undefined {
  const run = pulumi.runtime.getStackResource();
  const key = keyOf(rule, ruleOf(inputs));
  if (run === undefined || key === undefined) return undefined;
  const rules = declared.get(run) ?? new Map<string, DeclaredRule>();
  declared.set(run, rules);
  const first = rules.get(key);
  if (first === undefined) rules.set(key, rule);
  return first;
}

/**
 * The identity of a rule whose group or destination may still be to be made: these go by the Output that will tell
 * them. Undefined where what is not known yet is more than that.
 */
function keyOf({ args }: DeclaredRule, rule: Rule): string | undefined {
  const { securityGroupId, protocol, ports, destination } = rule;
  if (destination === undefined || isUnknown(protocol) || isUnknown(ports?.from) || isUnknown(ports?.to)) {
    return undefined;
  }
  const property = DESTINATION_PROPERTY[destination.kind];
  const later = args[property] ?? args.prefixListName;
  return identity({
    ...rule,
    securityGroupId: isUnknown(securityGroupId) ? laterName(args.securityGroupId) : securityGroupId,
    destination: {
      ...destination,
      value: isUnknown(destination.value) ? laterName(later) : destination.value,
    },
  });
}

const names = new WeakMap<object, string>();
let named = 0;

/** A name for what is known only later: the same for the same Output, and for no other. */
function laterName(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const name = names.get(value) ?? `later ${named++}`;
  names.set(value, name);
  return name;
}
