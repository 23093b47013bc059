import { isRecord, type UnknownRecord } from "../rule/record";
import { OTHER_NETWORK, remedyFor } from "./remedies";

/** What EC2 calls an error; the SDK has no classes for these, so they are told apart by name. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return "UnknownError";
  // What Node.js has no class for either, such as a refused connection, it tells apart by code.
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
  // What CreateTags and DeleteTags say.
  "InvalidID",
];

export const isQuotaExceeded = (error: unknown) => errorCode(error) === "RulesPerSecurityGroupLimitExceeded";

/** Refused before anything was done, with HTTP 503 too. */
const THROTTLED = ["RequestLimitExceeded", "Throttling", "ThrottlingException"];

/** How a connection ends of which it is not known what EC2 has done before. */
const CUT_OFF = ["ECONNRESET", "EPIPE", "ETIMEDOUT"];

/** Whether EC2 may have carried out the call though it did not say so. */
export function mayHaveTakenEffect(error: unknown): boolean {
  if (THROTTLED.includes(errorCode(error))) return false;
  if (["TimeoutError", "UnknownAnswer"].includes(errorCode(error)) || metadataOf(error).httpStatusCode >= 500)
    return true;
  return isRecord(error) && typeof error.code === "string" && CUT_OFF.includes(error.code);
}

/** What is refused to the caller or at this moment, or for the tags of a request, whatever else is asked for. */
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
 * Whether each rule of a request would have got the same error in a request of its own. Codes that nobody has heard
 * of are taken for those of one rule.
 */
export function isAboutAll(error: unknown): boolean {
  const { httpStatusCode: status } = metadataOf(error);
  // Without a status there was no answer.
  const isOfAny = OF_ANY_REQUEST.includes(errorCode(error)) || [0, 401, 403].includes(status);
  return isOfAny || isGroupMissing(error) || mayHaveTakenEffect(error);
}

/** A refusal of several rules, as EC2 would have said it to one of them. */
export function inOwnWords(error: unknown, message: string): Error {
  const { name, $metadata }: UnknownRecord = Object(error);
  return Object.assign(new Error(message, { cause: error }), { name, $metadata });
}

/** The group that a rule leads to is there, but in a VPC from which it cannot be reached: no waiting brings it nearer. */
const isOfOtherNetwork = (error: unknown) => OTHER_NETWORK.test(textOf(error));

/** The group is unknown, or was made a moment ago and is not yet visible. */
export const isGroupMissing = (error: unknown) =>
  GROUP_MISSING.includes(errorCode(error)) && !isOfOtherNetwork(error);

/** The rule, or the group and so every rule of it, is not there. */
export const isRuleMissing = (error: unknown) =>
  RULE_MISSING.includes(errorCode(error)) || isGroupMissing(error);

/** What a call was for, as its error says it. */
export interface Attempt {
  /** The API's name of the call. */
  readonly action: string;
  /** What was being done, to which rule and group: `authorizing tcp 443 to 10.0.0.0/16 on sg-…`. */
  readonly doing: string;
  readonly region: string;
}

/** An error whose message is for the person at the terminal: no stack is printed with it. */
export class EgressError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "";
    this.stack = "";
  }
}

/** The error of a failed call: what failed on which rule, EC2's code, text and request id, and what to do. */
export function explain(error: unknown, attempt: Attempt): EgressError {
  const code = errorCode(error);
  const { requestId } = metadataOf(error);
  const said = `${attempt.doing} (${attempt.region}): ${code}: ${shortened(textOf(error))}${requestId ? ` (request id ${requestId})` : ""}`;
  const remedy = remedyFor({ ...attempt, code, text: textOf(error), ...metadataOf(error) });
  return new EgressError(remedy ? `${said}\n${remedy}` : said, { cause: error });
}

/** The engine has room for so much of a message that nobody reads. */
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
  /** How often EC2 was asked. */
  readonly attempts: number;
  /** Where it was asked. */
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
