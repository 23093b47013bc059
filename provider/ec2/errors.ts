import { isRecord, type UnknownRecord } from "../rule/record";
import { OTHER_NETWORK, remedyFor } from "./remedies";

/** EC2's names for errors; the SDK has no classes for these. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return "UnknownError";
  // Node.js has no classes for its own errors either, such as a refused connection, but sets a code.
  const isUntold = ["Error", "AggregateError"].includes(error.name);
  return isUntold && "code" in error && typeof error.code === "string" ? error.code : error.name;
}

export const isDuplicate = (error: unknown) => errorCode(error) === "InvalidPermission.Duplicate";

export const isDryRunSuccess = (error: unknown) => errorCode(error) === "DryRunOperation";

const GROUP_MISSING = [
  "InvalidGroup.NotFound",
  "InvalidSecurityGroupID.NotFound",
  "InvalidGroupId.Malformed",
];

const RULE_MISSING = [
  "InvalidSecurityGroupRuleId.NotFound",
  "InvalidSecurityGroupRuleId.Malformed",
  "InvalidPermission.NotFound",
  // The codes of CreateTags and DeleteTags.
  "InvalidID",
];

export const isQuotaExceeded = (error: unknown) => errorCode(error) === "RulesPerSecurityGroupLimitExceeded";

/** Codes of refusals before EC2 did anything, although with HTTP 503. */
const THROTTLED = ["RequestLimitExceeded", "Throttling", "ThrottlingException"];

/** Codes of a broken connection, after which EC2 may or may not have acted. */
const CUT_OFF = ["ECONNRESET", "EPIPE", "ETIMEDOUT"];

/** Whether EC2 may have carried out the call without confirming it. */
export function mayHaveTakenEffect(error: unknown): boolean {
  if (THROTTLED.includes(errorCode(error))) return false;
  if (["TimeoutError", "UnknownAnswer"].includes(errorCode(error)) || metadataOf(error).httpStatusCode >= 500)
    return true;
  return isRecord(error) && typeof error.code === "string" && CUT_OFF.includes(error.code);
}

/** Codes of refusals that concern the caller, the moment or the request's tags, whatever the rules. */
const OF_ANY_REQUEST = [
  ...THROTTLED,
  "ConcurrentTagAccess",
  "UnauthorizedOperation",
  "AccessDenied",
  "AuthFailure",
  "InvalidClientTokenId",
  "ExpiredToken",
  "RequestExpired",
  "PendingVerification",
  "TagPolicyViolation",
  "InvalidTagKey.Malformed",
];

/**
 * Whether each rule of a request would get the same error in a request of its own. Treats unknown codes as the error of
 * a single rule.
 */
export function isAboutAll(error: unknown): boolean {
  const { httpStatusCode: status } = metadataOf(error);
  // Without a status there was no answer.
  const isOfAny = OF_ANY_REQUEST.includes(errorCode(error)) || [0, 401, 403].includes(status);
  return isOfAny || isGroupMissing(error) || mayHaveTakenEffect(error);
}

/** A refusal of several rules, as EC2 would have worded it for one of them. */
export function inOwnWords(error: unknown, message: string): Error {
  const { name, $metadata }: UnknownRecord = Object(error);
  return Object.assign(new Error(message, { cause: error }), { name, $metadata });
}

/** The referenced group exists, but in a VPC that the rule's group cannot reach: waiting does not help. */
const isOfOtherNetwork = (error: unknown) => OTHER_NETWORK.test(textOf(error));

/** The group is unknown, or too new to be visible. */
export const isGroupMissing = (error: unknown) =>
  GROUP_MISSING.includes(errorCode(error)) && !isOfOtherNetwork(error);

/** The rule does not exist, or its group does not. */
export const isRuleMissing = (error: unknown) =>
  RULE_MISSING.includes(errorCode(error)) || isGroupMissing(error);

/** The purpose of a call, for its error. */
export interface Attempt {
  /** The API's name of the call. */
  readonly action: string;
  /** The step, with its rule and group: `authorizing tcp 443 to 10.0.0.0/16 on sg-…`. */
  readonly doing: string;
  readonly region: string;
}

/** An error whose message is for the person at the terminal; the engine prints no stack trace with it. */
export class EgressError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "";
    this.stack = "";
  }
}

/** The error of a failed call: which step and rule failed, EC2's code, text and request id, and the remedy. */
export function explain(error: unknown, attempt: Attempt): EgressError {
  const code = errorCode(error);
  const { requestId } = metadataOf(error);
  const said = `${attempt.doing} (${attempt.region}): ${code}: ${shortened(textOf(error))}${requestId ? ` (request id ${requestId})` : ""}`;
  const remedy = remedyFor({ ...attempt, code, text: textOf(error), ...metadataOf(error) });
  return new EgressError(remedy ? `${said}\n${remedy}` : said, { cause: error });
}

/** The limit for EC2's text: the engine would print a page that nobody reads. */
const LONGEST_TEXT = 2_000;

function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}

export function textOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(textOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}

interface Metadata {
  readonly requestId: string;
  readonly httpStatusCode: number;
  readonly attempts: number;
  /** The endpoint. */
  readonly endpoint: string;
}

function metadataOf(error: unknown): Metadata {
  const { requestId, httpStatusCode, attempts, endpoint }: UnknownRecord =
    isRecord(error) && isRecord(error.$metadata) ? error.$metadata : {};
  return {
    requestId: String(requestId ?? ""),
    httpStatusCode: Number(httpStatusCode ?? 0),
    attempts: Number(attempts ?? 1),
    endpoint: String(endpoint ?? "EC2"),
  };
}
