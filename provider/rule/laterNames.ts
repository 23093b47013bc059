import { DESTINATION_KINDS, DESTINATION_PROPERTY } from "./destination";
import { isRecord, type UnknownRecord } from "./record";
import type { RuleInputs } from "./rule";
import { isUnknown } from "./unknown";

/**
 * Names for unknown groups and destinations, by argument: equal for the same Output of a program, and different for
 * others.
 */
export type LaterNames = { readonly [argument: string]: string };

/** The identity arguments that may have such a name. */
export const NAMED_LATER = [
  "securityGroupId",
  ...DESTINATION_KINDS.map((kind) => DESTINATION_PROPERTY[kind]),
] as const satisfies readonly (keyof RuleInputs)[];

/**
 * Canonical arguments with names in place of unknown groups and destinations, where they have one.
 *
 * @param at the path of the rule in its resource's arguments: empty, or `rules[3].`
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
