import type { Failure } from "../../provider/rule/failure";
import { parse } from "../../provider/rule/parse";
import type { UnknownRecord } from "../../provider/rule/record";
import type { RuleInputs } from "../../provider/rule/rule";

export const GROUP = "sg-1a2b3c4d";
export const OTHER_GROUP = "sg-4b51a32f";
export const PREFIX_LIST = "pl-63a5400a";
export const ACCOUNT = "111122223333";

/** A valid rule without a destination. */
export const TO_NOWHERE: UnknownRecord = {
  securityGroupId: GROUP,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
};

/** A valid rule. */
export const RULE: UnknownRecord = { ...TO_NOWHERE, cidrIpv4: "10.0.0.0/16" };

/** One argument for each kind of destination. */
export const DESTINATIONS = {
  cidrIpv4: "10.0.0.0/16",
  cidrIpv6: "2001:db8::/32",
  prefixListId: PREFIX_LIST,
  referencedSecurityGroupId: OTHER_GROUP,
} as const;

/** The canonical form of arguments that must be valid. */
export function accepted(args: unknown): RuleInputs {
  const parsed = parse(args);
  if ("failures" in parsed) throw new Error(`Refused: ${JSON.stringify(parsed.failures, null, 2)}`);
  return parsed.inputs;
}

/** The errors of arguments that must be invalid. */
export function refused(args: unknown): readonly Failure[] {
  const parsed = parse(args);
  if ("inputs" in parsed) throw new Error(`Accepted: ${JSON.stringify(parsed.inputs, null, 2)}`);
  return parsed.failures;
}

/** The properties with errors, in the order of the messages. */
export function refusedProperties(args: unknown): string[] {
  return refused(args).map(({ property }) => property);
}

/** The single reason why arguments are refused, which must be on this property. */
export function onlyReason(property: string, args: unknown): string {
  const [failure, ...others] = refused(args);
  expect(others).toEqual([]);
  expect(failure?.property).toBe(property);
  return failure?.reason ?? "";
}
