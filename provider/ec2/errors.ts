import { isRecord, type UnknownRecord } from "../rule/record";

/** What EC2 calls an error; the SDK has no classes for these, so they are told apart by name. */
export function errorCode(error: unknown): string {
  return error instanceof Error ? error.name : "UnknownError";
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
];

export const isQuotaExceeded = (error: unknown) => errorCode(error) === "RulesPerSecurityGroupLimitExceeded";

/** Refused before anything was done, with HTTP 503 too. */
const THROTTLED = ["RequestLimitExceeded", "Throttling", "ThrottlingException"];

/** How a connection ends of which it is not known what EC2 has done before. */
const CUT_OFF = ["ECONNRESET", "EPIPE", "ETIMEDOUT"];

/** Whether EC2 may have carried out the call though it did not say so. */
export function mayHaveTakenEffect(error: unknown): boolean {
  if (THROTTLED.includes(errorCode(error))) return false;
  if (errorCode(error) === "TimeoutError" || metadataOf(error).httpStatusCode >= 500) return true;
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

/** The ids of this kind, such as `sgr`, that an error names. */
export function idsIn(error: unknown, kind: string): ReadonlySet<string> {
  return new Set(textOf(error).match(new RegExp(`\\b${kind}-[0-9a-z]+`, "g")));
}

/** The group is unknown, or was made a moment ago and is not yet visible. */
export const isGroupMissing = (error: unknown) => GROUP_MISSING.includes(errorCode(error));

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
  const text = textOf(error);
  const { requestId, httpStatusCode: status } = metadataOf(error);
  const said = `${attempt.doing} (${attempt.region}): ${code}: ${text}${requestId ? ` (request id ${requestId})` : ""}`;
  const remedy =
    remedyFor(code, attempt) ?? (status >= 500 ? `${BUSY} The last answer was HTTP ${status}.` : undefined);
  return new EgressError(remedy ? `${said}\n${remedy}` : said, { cause: error });
}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function metadataOf(error: unknown): { readonly requestId: string; readonly httpStatusCode: number } {
  const { requestId, httpStatusCode }: UnknownRecord =
    isRecord(error) && isRecord(error.$metadata) ? error.$metadata : {};
  return { requestId: String(requestId ?? ""), httpStatusCode: Number(httpStatusCode ?? 0) };
}

function remedyFor(code: string, { action, region }: Attempt): string | undefined {
  if (code === "UnauthorizedOperation" || code === "AccessDenied") return permissionRemedy(action);
  if (GROUP_MISSING.includes(code)) return `Check the group's id, and that it is in ${region}.`;
  return REMEDIES[code]?.replaceAll("{region}", region);
}

function permissionRemedy(action: string): string {
  const also =
    action === "AuthorizeSecurityGroupEgress"
      ? " Rules are made with tags, which needs ec2:CreateTags too; without it set aws-egress:ownership to false and declare no tags."
      : "";
  return `Allow ec2:${action} to the credentials in use.${also}`;
}

const CREDENTIALS =
  "Check the credentials in use: aws:profile, aws:accessKey or aws:assumeRoles in the stack's configuration, else the AWS_* environment.";
const INPUT = "EC2 does not take this as it is declared: correct what its message names.";
const GONE = "The rule was removed outside Pulumi: run `pulumi refresh`, then `pulumi up`.";
const BUSY =
  "EC2 was busy each time that it was asked (aws:maxRetries says how often): run `pulumi up` again.";
const TAGS = "Check the tags of the rule, aws:defaultTags, and the tag policies of the account.";

const REMEDIES: { readonly [code: string]: string } = {
  AuthFailure: CREDENTIALS,
  ExpiredToken: CREDENTIALS,
  InvalidClientTokenId: CREDENTIALS,
  RequestExpired: `${CREDENTIALS} Check this machine's clock too.`,
  CredentialsProviderError: CREDENTIALS,
  RulesPerSecurityGroupLimitExceeded:
    "The group has no room for the rule: remove rules, merge CIDRs into larger ones, or raise the quota L-0EA8095F.",
  "InvalidPrefixListID.NotFound": "Check the prefix list's id, and that it is in {region}.",
  "InvalidPrefixListId.Malformed": "Check the prefix list's id, and that it is in {region}.",
  "InvalidSecurityGroupRuleId.NotFound": GONE,
  "InvalidSecurityGroupRuleId.Malformed": GONE,
  "InvalidPermission.Malformed": INPUT,
  InvalidParameterValue: INPUT,
  InvalidParameterCombination: INPUT,
  MissingParameter: INPUT,
  RequestLimitExceeded: BUSY,
  Throttling: BUSY,
  ThrottlingException: BUSY,
  ConcurrentTagAccess: BUSY,
  TagPolicyViolation: TAGS,
  TagLimitExceeded: TAGS,
  "InvalidTagKey.Malformed": TAGS,
};
