import type { ErrorKind } from "./kinds";

const CREDENTIALS =
  "Check the current credentials: aws:profile, aws:accessKey or aws:assumeRoles in the stack's configuration, or the AWS_* environment variables.";
const INPUT =
  "{endpoint} rejected the arguments: correct what its message names. If it is an emulator, it may not support all that EC2 does: see docs/reference/emulators.md. Otherwise, preview should have caught this: please report it, with this message.";
const LACKING =
  "{endpoint} does not support {action}: it is not EC2, or an emulator without this action (docs/reference/emulators.md). Check aws:endpoints and AWS_ENDPOINT_URL.";
const GONE = "The rule was removed outside Pulumi: run `pulumi refresh`, then `pulumi up`.";
const LIST =
  "Check the prefix list's id and that it is in {region}. A list of AWS has a different id in each Region: prefixListName looks it up.";
const GROUP =
  "Check the group's id and that it is in {region}. A group that was just created is awaited for up to 2 minutes.";
const MISSING_GROUP = "The security group '{group}' does not exist";
const MISSING_RULE = "The security group rule ID '{rule}' does not exist";

const FULL =
  "The group has no room for the rule: remove rules, merge CIDRs into larger ones, or raise the quota L-0EA8095F. A prefix list counts as its entries. If other rules are removed in the same run, use an EgressRuleSet or an EgressPolicy, which make room themselves, set deleteBeforeReplace, or take two steps: first without the new rule. If the quota is not 60, set aws-egress:rulesPerGroup, so that preview catches this.";

const ALLOW = "Allow ec2:{action} to the current credentials.";
const WITHOUT_TAGS = "without it, set aws-egress:ownership to false and declare no tags.";
const THROTTLED =
  "EC2 throttled the calls of this account in {region} at each of {tries} attempts (aws:maxRetries)";
const TAGS_BUSY =
  "Tags of the same rules were being changed at the same time at each of {tries} attempts (aws:maxRetries)";
const BUSY = "EC2 failed or was busy at each of {tries} attempts (aws:maxRetries), last with HTTP {status}";
const UP = "run `pulumi up` again.";
const SAME = "run the same command again.";

/** Every EC2 error that this package knows, in the order of its page. */
export const ERRORS: readonly ErrorKind[] = [
  {
    title: "The rule is there already",
    codes: {
      "InvalidPermission.Duplicate": {
        status: 400,
        words:
          'the specified rule "peer: 10.0.0.0/16, TCP, from port: 443, to port: 443, ALLOW" already exists',
      },
    },
    meaning:
      "EC2 keeps each rule once per group, whatever its spelling, description and tags, and somebody else made this one.",
    does: "The package looks the rule up. It takes over a rule that this stack claims and, with `adopt`, a rule that it may. Otherwise it fails and names the rule, its description, tags and stack. A set looks before it asks.",
    remedies: {},
    texts: {
      create: {
        EgressRule:
          'authorizing tcp 443 to 10.0.0.0/16 on {group} ({region}): InvalidPermission.Duplicate: the specified rule "peer: 10.0.0.0/16, TCP, from port: 443, to port: 443, ALLOW" already exists (request id {requestId})\nIt is {rule}: description "by hand", tags none, claimed by no stack.\nTo adopt it, set adopt: true.',
        EgressRuleSet:
          "{group} has rules that this set must not take over:\n  {rule}, tcp 443 to 10.0.0.0/16, claimed by no stack\nTo adopt existing rules, set adopt: true.",
      },
    },
    todo: "[Adopt the rule](../guides/adopt.md), or remove one of the two.",
  },
  {
    title: "Bad input",
    codes: {
      "InvalidPermission.Malformed": {
        status: 400,
        words: "Unsupported IP protocol 'tcpp' - supported protocols: [tcp, udp, icmp, icmpv6, all]",
      },
      InvalidParameterValue: { status: 400, words: "CIDR block 10.0.0.18/16 is not in canonical form" },
      InvalidParameterCombination: {
        status: 400,
        words: "The parameter fromPort may not be used in combination with -1",
      },
      MissingParameter: { status: 400, words: "Either 'cidrIp' or 'prefixListId' should be provided." },
    },
    meaning: "EC2 does not accept the rule.",
    does: "The package fails without another try. Preview should catch everything that EC2 refuses.",
    remedies: { create: INPUT, change: INPUT },
  },
  {
    title: "The rule is gone",
    codes: {
      "InvalidSecurityGroupRuleId.NotFound": { status: 400, words: MISSING_RULE },
      "InvalidSecurityGroupRuleId.Malformed": {
        status: 400,
        words: "The security group rule ID '{rule}' is malformed",
      },
    },
    meaning: "Somebody has revoked the rule.",
    does: "A refresh drops the rule from state, and a delete succeeds. An update of an `EgressRule` fails; an update of a set makes the rule again.",
    remedies: { change: GONE, tag: GONE, untag: GONE },
    silent: ["revoke"],
  },
  {
    title: "The rule went just now",
    codes: {
      "InvalidPermission.NotFound": {
        status: 400,
        words: "The specified rule does not exist in this security group.",
      },
    },
    meaning: "The rule to revoke is not there.",
    does: "The delete counts as done.",
    remedies: {},
    silent: ["revoke"],
  },
  {
    title: "The group is not there",
    codes: {
      "InvalidGroup.NotFound": { status: 400, words: MISSING_GROUP },
      "InvalidSecurityGroupID.NotFound": { status: 400, words: MISSING_GROUP },
    },
    meaning:
      "The rule's group, or the group that it leads to, is not in this Region; or it was made a moment ago and is not visible yet.",
    does: "A create or update [waits for the group](configuration.md#retries-and-time-limits), says so, and then fails. It fails immediately if the program already had rules on the group. A refresh drops the rules of a missing group from state, and their delete succeeds.",
    remedies: { create: GROUP },
    silent: ["revoke"],
  },
  {
    title: "The group that the rule leads to is in another network",
    codes: {
      "InvalidGroup.NotFound": {
        status: 400,
        words: "You have specified two resources that belong to different networks.",
      },
    },
    meaning: "The group that the rule leads to is in another VPC, and no peering connection joins the two.",
    does: "The package fails immediately. It makes the other rules of the request.",
    remedies: {
      create:
        "The destination group is in another VPC, and no peering connection joins the two: peer them, or specify the destination as CIDRs.",
    },
  },
  {
    title: "The id of the group is no id",
    codes: { "InvalidGroupId.Malformed": { status: 400, words: 'Invalid id: "{group}"' } },
    meaning: "The id does not have the form of a group's id.",
    does: "The package fails immediately.",
    remedies: { create: "Check the group's id and that it is in {region}." },
  },
  {
    title: "The group is full",
    codes: {
      RulesPerSecurityGroupLimitExceeded: {
        status: 400,
        words: "The maximum number of rules per security group has been reached.",
      },
    },
    meaning: "The group has as many outbound rules as its [quota](quota.md) allows.",
    does: "Preview catches this if it knows all rules. Otherwise the package makes as many rules of the request as fit, and fails without another try. [When a group is full](quota.md#when-a-group-is-full) explains how it makes room and what you can do.",
    remedies: {
      create: `${FULL}\n{group} has 2 rules for IPv4 and 1 for IPv6: 3 without a claim.`,
    },
  },
  {
    title: "The prefix list is not there",
    codes: {
      "InvalidPrefixListID.NotFound": {
        status: 400,
        words: "The prefix list ID 'pl-0123456789abcdef0' does not exist",
      },
      "InvalidPrefixListId.NotFound": {
        status: 400,
        words: "The prefix list ID 'pl-0123456789abcdef0' does not exist",
      },
      "InvalidPrefixListId.Malformed": { status: 400, words: 'Invalid id: "pl-0123456789abcdef0"' },
    },
    meaning: "No prefix list in this Region has this id.",
    does: "The package fails.",
    remedies: { create: LIST },
    todo: "[Destinations](destinations.md#prefix-lists) explains lists by name.",
  },
  {
    title: "Tags that are refused",
    codes: {
      TagPolicyViolation: {
        status: 400,
        words: "The tag policy does not allow the specified value for the following tag key: 'Team'.",
      },
    },
    meaning: "A tag policy of the organization does not allow this value.",
    does: "The package fails.",
    remedies: {
      create:
        "Correct the tag that the message names, in tags or aws:defaultTags, or the organization's tag policy.",
      tag: "Correct the tag that the message names, in tags or aws:defaultTags, or the organization's tag policy.",
    },
  },
  {
    title: "Too many tags",
    codes: { TagLimitExceeded: { status: 400, words: "More than 50 tags specified" } },
    meaning: "A rule has at most 50 tags.",
    does: "Preview catches this for tags that the program declares.",
    remedies: {
      create: "A rule has at most 50 tags, including its claim: remove some from tags or aws:defaultTags.",
      tag: "A rule has at most 50 tags, including its claim: remove some from tags or aws:defaultTags.",
    },
  },
  {
    title: "A tag's key that is refused",
    codes: { "InvalidTagKey.Malformed": { status: 400, words: "Tag keys may not begin with aws:" } },
    meaning: "EC2 does not accept this tag key.",
    does: "Preview catches this for tags that the program declares.",
    remedies: {
      create:
        "Correct the key that the message names, in tags or aws:defaultTags: at most 127 characters, not starting with aws:.",
      tag: "Correct the key that the message names, in tags or aws:defaultTags: at most 127 characters, not starting with aws:.",
    },
  },
  {
    title: "Tags that others are changing",
    codes: {
      ConcurrentTagAccess: {
        status: 400,
        words: "You can't run simultaneous commands to modify a tag for a specific resource.",
      },
    },
    meaning: "Another call is changing tags of the same rules.",
    does: "The package tries again, and fails if that does not help.",
    remedies: { tag: `${TAGS_BUSY}: ${UP}`, untag: `${TAGS_BUSY}: ${UP}` },
    isRetried: true,
  },
  {
    title: "Too many calls",
    codes: {
      RequestLimitExceeded: { status: 503, words: "Request limit exceeded." },
      Throttling: { status: 400, words: "Rate exceeded" },
      ThrottlingException: { status: 400, words: "Rate exceeded" },
    },
    meaning: "EC2 accepts only so many calls per account and Region.",
    does: "The package tries again, more and more slowly, and fails if that does not help.",
    remedies: { create: `${THROTTLED}: ${UP}`, look: `${THROTTLED}: ${SAME}` },
    isRetried: true,
    todo: "[Performance](../explanation/performance.md) explains how to send fewer requests. Look for other tools that call EC2 in the account.",
  },
  {
    title: "EC2 is busy or broken",
    codes: {
      InternalError: { status: 500, words: "An internal error has occurred" },
      ServiceUnavailable: { status: 503, words: "Service Unavailable" },
      Unavailable: { status: 503, words: "The service is unavailable. Please try again shortly." },
    },
    meaning: "EC2 failed. It may have made the change anyway.",
    does: "The package tries again. If that does not help, it looks whether the rule was made, takes it if so, and otherwise fails.",
    remedies: { create: `${BUSY}: ${UP}`, look: `${BUSY}: ${SAME}`, revoke: `${BUSY}: ${SAME}` },
    isRetried: true,
  },
  {
    title: "A right is missing",
    codes: {
      UnauthorizedOperation: {
        status: 403,
        words:
          "You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/testing is not authorized to perform: ec2:{action} because no identity-based policy allows the ec2:{action} action",
      },
    },
    meaning: "The credentials may not make the call, or may not tag what it makes.",
    does: "The package fails and names the action to allow. With `aws-egress:preflight`, preview catches this.",
    remedies: {
      create: `${ALLOW} Creating a rule with tags also needs ec2:CreateTags; ${WITHOUT_TAGS}`,
      change: ALLOW,
      tag: `${ALLOW} Rules carry their claim as a tag; ${WITHOUT_TAGS}`,
      untag: ALLOW,
      look: ALLOW,
      revoke: ALLOW,
    },
    todo: "[IAM](iam.md) has the least policy. If a policy denies the action explicitly, no other policy can allow it, and the message says so.",
  },
  {
    title: "Credentials that AWS does not take",
    codes: {
      AuthFailure: { status: 401, words: "AWS was not able to validate the provided access credentials" },
      InvalidClientTokenId: {
        status: 403,
        words: "The security token included in the request is invalid.",
      },
    },
    meaning:
      "The credentials are wrong, or not known in this Region. A Region that has to be enabled for the account answers this until it is enabled.",
    does: "The package fails.",
    remedies: { create: CREDENTIALS, look: CREDENTIALS },
  },
  {
    title: "Credentials that have expired",
    codes: { ExpiredToken: { status: 400, words: "The provided token has expired." } },
    meaning: "The temporary credentials have expired.",
    does: "The package fails.",
    remedies: {
      create: `The credentials have expired: renew them. ${CREDENTIALS}`,
      look: `The credentials have expired: renew them. ${CREDENTIALS}`,
    },
  },
  {
    title: "A request that came too late",
    codes: { RequestExpired: { status: 400, words: "Request has expired." } },
    meaning: "The request was signed too long ago: the clock is wrong, or the credentials are old.",
    does: "The package fails.",
    remedies: {
      create: `${CREDENTIALS} Also check this machine's clock.`,
      look: `${CREDENTIALS} Also check this machine's clock.`,
    },
  },
  {
    title: "The endpoint does not support the call",
    codes: {
      InvalidAction: { status: 400, words: "The action {action} is not valid for this web service." },
    },
    meaning: "The endpoint is not EC2, or is an emulator that lacks the call.",
    does: "The package fails and names both.",
    remedies: {
      create: LACKING,
      change: LACKING,
      tag: LACKING,
      untag: LACKING,
      look: LACKING,
      revoke: LACKING,
    },
    todo: "[Emulators](emulators.md) lists what each supports.",
  },
];
