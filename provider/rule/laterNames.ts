import { DESTINATION_KINDS, DESTINATION_PROPERTY } from "./destination";
import { isRecord, type UnknownRecord } from "./record";
import type { RuleInputs } from "./rule";
import { isUnknown } from "./unknown";

/**
 * Names for groups and destinations of which only a later moment will tell, by the argument that gives them: the same
 * for the same Output of a program, and for no other.
 */
export type LaterNames = { readonly [argument: string]: string };

/** The arguments that may have such a name, of those that make a rule the one that it is. */
export const NAMED_LATER = [
  "securityGroupId",
  ...DESTINATION_KINDS.map((kind) => DESTINATION_PROPERTY[kind]),
] as const satisfies readonly (keyof RuleInputs)[];

/**
 * Canonical arguments with its name in place of each group and destination that is not known yet, where it has one.
 *
 * @param at where in the arguments of its resource the rule is: nothing, or `rules[3].`
 */
export function withLaterNames(inputs: RuleInputs, names: LaterNames, at = ""): RuleInputs {
  const named = NAMED_LATER.flatMap((argument) => {
    const name = argument === "securityGroupId" ? names[argument] : names[at + argument];
    return isUnknown(inputs[argument]) && name !== undefined ? [[argument, name]] : [];
  });
  return { ...inputs, ...Object.fromEntries(named) };
}

export function readLaterNames(value: unknown): LaterNames {
  const given: UnknownRecord = isRecord(value) ? value : {};
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
