/** A call that failed, and what EC2 said. */
export interface Failed {
  /** The API's name of the call. */
  readonly action: string;
  readonly region: string;
  readonly code: string;
  readonly text: string;
  readonly httpStatusCode: number;
  /** How often EC2 was asked. */
  readonly attempts: number;
  /** Where it was asked: `https://ec2.eu-west-1.amazonaws.com`. */
  readonly endpoint: string;
}

/** What to do about a failed call, for the person at the terminal; undefined where its code says nothing. */
export function remedyFor(failed: Failed): string | undefined {
  const { code, httpStatusCode } = failed;
  // An action that is not implemented, as emulators say it.
  const remedy =
    httpStatusCode === 501 ? lacking : (REMEDIES[code] ?? (httpStatusCode >= 500 ? serverFailed : undefined));
  return typeof remedy === "function" ? remedy(failed) : remedy;
}

/** The action to allow: the one that EC2 names, which may be another than the call, as with tags and with roles. */
function missingPermission({ action, text }: Failed): string {
  const [, named = `ec2:${action}`] = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)/.exec(text) ?? [];
  const [, resource] = / on resource:? (arn:[^\s,]*[^\s,.])/.exec(text) ?? [];
  const on = resource === undefined ? "" : ` on ${resource}`;
  const isDenied = /explicit deny/.test(text);
  const parts = [
    isDenied
      ? `A policy denies ${named}${on} to the credentials in use, whatever others allow: take the deny out, or use other credentials.`
      : `Allow ${named}${on} to the credentials in use.`,
  ];
  if (action === "AuthorizeSecurityGroupEgress" && named === `ec2:${action}`)
    parts.push(`Rules are made with tags, which needs ec2:CreateTags too; ${WITHOUT_TAGS}`);
  else if (named === "ec2:CreateTags") parts.push(`Rules carry their claim as a tag; ${WITHOUT_TAGS}`);
  if (text.includes("Encoded authorization failure message: "))
    parts.push("`aws sts decode-authorization-message` tells which policy it is.");
  return parts.join(" ");
}

const WITHOUT_TAGS = "without it set aws-egress:ownership to false and declare no tags.";

export const CREDENTIALS =
  "Check the credentials in use: aws:profile, aws:accessKey or aws:assumeRoles in the stack's configuration, else the AWS_* environment.";
const PROXY = "aws:httpsProxy, else HTTPS_PROXY";
const UNTRUSTED =
  "The authority that has signed the certificate of the endpoint, or of a proxy, is not known here: if it is your company's own, name the file with its certificate in aws:customCaBundle, or AWS_CA_BUNDLE.";
const GONE = "The rule was removed outside Pulumi: run `pulumi refresh`, then `pulumi up`.";

const input = ({ endpoint }: Failed) =>
  `${endpoint} does not take this as it is declared: correct what its message names. An emulator may lack what EC2 takes: see docs/reference/emulators.md. Else preview should have found it: please report that, with this message.`;

const lacking = ({ endpoint, action }: Failed) =>
  `${endpoint} lacks ${action}: it is no EC2, or an emulator that cannot do this (docs/reference/emulators.md). Check aws:endpoints and AWS_ENDPOINT_URL.`;

const unknownAnswer = ({ endpoint }: Failed) =>
  `Check the endpoint, ${endpoint} (aws:endpoints, AWS_ENDPOINT_URL), and what is on the way to it, such as a proxy.`;

/** How EC2 words that a rule leads to a group of another VPC, which it calls not found too. */
export const OTHER_NETWORK = /belong to different networks/;

const group = ({ region, text }: Failed) =>
  OTHER_NETWORK.test(text)
    ? "The group that the rule leads to is in another VPC, and no peering connection joins the two: peer them, or give the destination as CIDRs."
    : `Check the group's id, and that it is in ${region}. A group made a moment ago is waited for, up to 2 minutes.`;

const prefixList = ({ region }: Failed) =>
  `Check the prefix list's id, and that it is in ${region}. A list of AWS has an id of its own in each Region: prefixListName finds it.`;

const throttled = (failed: Failed) =>
  `More calls were made in this account and ${failed.region} than EC2 takes, ${tries(failed)} (aws:maxRetries): ${again(failed)}.`;

const tagsBusy = (failed: Failed) =>
  `Others were changing tags of the same rules ${tries(failed)} (aws:maxRetries): ${again(failed)}.`;

const serverFailed = (failed: Failed) =>
  `EC2 was busy or broken ${tries(failed)} (aws:maxRetries), the last time with HTTP ${failed.httpStatusCode}: ${again(failed)}.`;

const unanswered = (failed: Failed) =>
  `There was no answer ${tries(failed)} (aws:maxRetries): check the network, the Region's name, and if set aws:endpoints, AWS_ENDPOINT_URL, or the proxy (${PROXY}); then ${again(failed)}.`;

function tries({ attempts }: Failed): string {
  return attempts > 1 ? `at each of ${attempts} tries` : "at the only try";
}

function again({ action }: Failed): string {
  const isOfAnyCommand = action.startsWith("Describe") || action === "RevokeSecurityGroupEgress";
  return isOfAnyCommand ? "run the same command again" : "run `pulumi up` again";
}

const REMEDIES: { readonly [code: string]: string | ((failed: Failed) => string) } = {
  UnauthorizedOperation: missingPermission,
  AccessDenied: missingPermission,
  AuthFailure: CREDENTIALS,
  ExpiredToken: `Get new credentials, as these have expired. ${CREDENTIALS}`,
  InvalidClientTokenId: CREDENTIALS,
  RequestExpired: `${CREDENTIALS} Check this machine's clock too.`,
  CredentialsProviderError: CREDENTIALS,
  AccountNotAllowed: `Nothing was changed. ${CREDENTIALS}`,
  RulesPerSecurityGroupLimitExceeded:
    "The group has no room for the rule: remove rules, merge CIDRs into larger ones, or raise the quota L-0EA8095F. A prefix list counts as its entries. Where others leave in the same run, use an EgressRuleSet or an EgressPolicy, which make room by themselves, set deleteBeforeReplace, or do it in two steps: first without the new rule. Where the quota is not 60, set aws-egress:rulesPerGroup, so that preview tells.",
  "InvalidGroup.NotFound": group,
  "InvalidSecurityGroupID.NotFound": group,
  "InvalidGroupId.Malformed": ({ region }) => `Check the group's id, and that it is in ${region}.`,
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
  ProxyRefusal: `Check the proxy: ${PROXY}, with user and password in it if it asks for them, and aws:noProxy for what needs none.`,
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
    "Correct the tag that its message names, in tags or aws:defaultTags, or the organization's tag policy.",
  TagLimitExceeded:
    "A rule has at most 50 tags, its claim among them: take some out of tags or aws:defaultTags.",
  "InvalidTagKey.Malformed":
    "Correct the key that its message names, in tags or aws:defaultTags: at most 127 characters, not beginning with aws:.",
};
