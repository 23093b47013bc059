/** A failed call, and EC2's error. */
export interface Failed {
  /** The API's name of the call. */
  readonly action: string;
  readonly region: string;
  readonly code: string;
  readonly text: string;
  readonly httpStatusCode: number;
  readonly attempts: number;
  /** The endpoint: `https://ec2.eu-west-1.amazonaws.com`. */
  readonly endpoint: string;
}

/** The remedy for a failed call, for the person at the terminal; undefined if its code suggests none. */
export function remedyFor(failed: Failed): string | undefined {
  const { code, httpStatusCode } = failed;
  // How emulators report an action that they do not implement.
  const remedy =
    httpStatusCode === 501 ? lacking : (REMEDIES[code] ?? (httpStatusCode >= 500 ? serverFailed : undefined));
  return typeof remedy === "function" ? remedy(failed) : remedy;
}

/** The action to allow: EC2 may name another one than the call, as with tags and roles. */
function missingPermission({ action, text }: Failed): string {
  const [, named = `ec2:${action}`] = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)/.exec(text) ?? [];
  const [, resource] = / on resource:? (arn:[^\s,]*[^\s,.])/.exec(text) ?? [];
  const on = resource === undefined ? "" : ` on ${resource}`;
  const isDenied = /explicit deny/.test(text);
  const parts = [
    isDenied
      ? `A policy denies ${named}${on} to the current credentials, whatever else allows it: remove the deny, or use other credentials.`
      : `Allow ${named}${on} to the current credentials.`,
  ];
  if (action === "AuthorizeSecurityGroupEgress" && named === `ec2:${action}`)
    parts.push(`Creating a rule with tags also needs ec2:CreateTags; ${WITHOUT_TAGS}`);
  else if (named === "ec2:CreateTags") parts.push(`Rules carry their claim as a tag; ${WITHOUT_TAGS}`);
  if (text.includes("Encoded authorization failure message: "))
    parts.push("`aws sts decode-authorization-message` shows which policy.");
  return parts.join(" ");
}

const WITHOUT_TAGS = "without it, set aws-egress:ownership to false and declare no tags.";

export const CREDENTIALS =
  "Check the current credentials: aws:profile, aws:accessKey or aws:assumeRoles in the stack's configuration, or the AWS_* environment variables.";
const PROXY = "aws:httpsProxy, else HTTPS_PROXY";
const UNTRUSTED =
  "This machine does not trust the authority that signed the certificate of the endpoint or of a proxy: if it is your company's own, specify its certificate file in aws:customCaBundle or AWS_CA_BUNDLE.";
const GONE = "The rule was removed outside Pulumi: run `pulumi refresh`, then `pulumi up`.";

const input = ({ endpoint }: Failed) =>
  `${endpoint} rejected the arguments: correct what its message names. If it is an emulator, it may not support all that EC2 does: see docs/reference/emulators.md. Otherwise, preview should have caught this: please report it, with this message.`;

const lacking = ({ endpoint, action }: Failed) =>
  `${endpoint} does not support ${action}: it is not EC2, or an emulator without this action (docs/reference/emulators.md). Check aws:endpoints and AWS_ENDPOINT_URL.`;

const unknownAnswer = ({ endpoint }: Failed) =>
  `Check the endpoint, ${endpoint} (aws:endpoints, AWS_ENDPOINT_URL) and anything in between, such as a proxy.`;

/** EC2's wording for a reference to a group in another VPC, which it also calls not found. */
export const OTHER_NETWORK = /belong to different networks/;

const group = ({ region, text }: Failed) =>
  OTHER_NETWORK.test(text)
    ? "The destination group is in another VPC, and no peering connection joins the two: peer them, or specify the destination as CIDRs."
    : `Check the group's id and that it is in ${region}. A group that was just created is awaited for up to 2 minutes.`;

const prefixList = ({ region }: Failed) =>
  `Check the prefix list's id and that it is in ${region}. A list of AWS has a different id in each Region: prefixListName looks it up.`;

const throttled = (failed: Failed) =>
  `EC2 throttled the calls of this account in ${failed.region} ${tries(failed)} (aws:maxRetries): ${again(failed)}.`;

const tagsBusy = (failed: Failed) =>
  `Tags of the same rules were being changed at the same time ${tries(failed)} (aws:maxRetries): ${again(failed)}.`;

const serverFailed = (failed: Failed) =>
  `EC2 failed or was busy ${tries(failed)} (aws:maxRetries), last with HTTP ${failed.httpStatusCode}: ${again(failed)}.`;

const unanswered = (failed: Failed) =>
  `EC2 did not respond ${tries(failed)} (aws:maxRetries): check the network, the Region's name and, if set, aws:endpoints, AWS_ENDPOINT_URL or the proxy (${PROXY}); then ${again(failed)}.`;

function tries({ attempts }: Failed): string {
  return attempts > 1 ? `at each of ${attempts} attempts` : "at the only attempt";
}

function again({ action }: Failed): string {
  const isOfAnyCommand = action.startsWith("Describe") || action === "RevokeSecurityGroupEgress";
  return isOfAnyCommand ? "run the same command again" : "run `pulumi up` again";
}

const REMEDIES: { readonly [code: string]: string | ((failed: Failed) => string) } = {
  UnauthorizedOperation: missingPermission,
  AccessDenied: missingPermission,
  AuthFailure: CREDENTIALS,
  ExpiredToken: `The credentials have expired: renew them. ${CREDENTIALS}`,
  InvalidClientTokenId: CREDENTIALS,
  RequestExpired: `${CREDENTIALS} Also check this machine's clock.`,
  CredentialsProviderError: CREDENTIALS,
  AccountNotAllowed: `Nothing was changed. ${CREDENTIALS}`,
  RulesPerSecurityGroupLimitExceeded:
    "The group has no room for the rule: remove rules, merge CIDRs into larger ones, or raise the quota L-0EA8095F. A prefix list counts as its entries. If other rules are removed in the same run, use an EgressRuleSet or an EgressPolicy, which make room themselves, set deleteBeforeReplace, or take two steps: first without the new rule. If the quota is not 60, set aws-egress:rulesPerGroup, so that preview catches this.",
  "InvalidGroup.NotFound": group,
  "InvalidSecurityGroupID.NotFound": group,
  "InvalidGroupId.Malformed": ({ region }) => `Check the group's id and that it is in ${region}.`,
  "InvalidPrefixListID.NotFound": prefixList,
  "InvalidPrefixListId.NotFound": prefixList,
  "InvalidPrefixListId.Malformed": prefixList,
  "InvalidSecurityGroupRuleId.NotFound": GONE,
  "InvalidSecurityGroupRuleId.Malformed": GONE,
  "InvalidPermission.Malformed": input,
  InvalidParameterValue: input,
  InvalidParameterCombination: input,
  MissingParameter: input,
  InvalidAction: lacking,
  UnknownAnswer: unknownAnswer,
  RequestLimitExceeded: throttled,
  Throttling: throttled,
  ThrottlingException: throttled,
  ConcurrentTagAccess: tagsBusy,
  ProxyRefusal: `Check the proxy: ${PROXY}, with user and password if it requires them, and aws:noProxy for hosts that need no proxy.`,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  TimeoutError: unanswered,
  ECONNREFUSED: unanswered,
  EHOSTUNREACH: unanswered,
  ENETUNREACH: unanswered,
  ENOTFOUND: unanswered,
  EAI_AGAIN: unanswered,
  TagPolicyViolation:
    "Correct the tag that the message names, in tags or aws:defaultTags, or the organization's tag policy.",
  TagLimitExceeded:
    "A rule has at most 50 tags, including its claim: remove some from tags or aws:defaultTags.",
  "InvalidTagKey.Malformed":
    "Correct the key that the message names, in tags or aws:defaultTags: at most 127 characters, not starting with aws:.",
};
