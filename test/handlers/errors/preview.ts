/** The package's own errors, by words in its sources. */
export const PREVIEW_ERRORS: readonly {
  readonly says: string;
  readonly when: string;
  readonly todo: string;
}[] = [
  {
    says: "no destination is specified",
    when: "a rule has no destination",
    todo: "give exactly one destination",
  },
  {
    says: "is a second destination beside",
    when: "a rule has two destinations",
    todo: "declare one rule for each",
  },
  {
    says: "is not a security group: specify a group",
    when: "a resource other than a group, such as a VPC, is given as the group",
    todo: "give the group, its id, or an Output of its id",
  },
  {
    says: "is a duplicate of",
    when: "the program declares the same rule twice, in whatever spelling",
    todo: "remove one of the two; the message names both",
  },
  {
    says: "other rules of this program have problems, too",
    when: "Pulumi stops at the first bad resource",
    todo: "correct the others as well; the lines below name them",
  },
  {
    says: "would exceed its quota",
    when: "a group would exceed its [quota](quota.md)",
    todo: "merge CIDRs, or raise the quota and set `aws-egress:rulesPerGroup`",
  },
  {
    says: "to itself (exclusive or strangers)",
    when: 'an exclusive set, or one with `strangers: "revoke"` or `"refuse"`, shares its group with another resource of the program',
    todo: "declare all rules in the set, or remove that argument",
  },
  {
    says: "no prefix list has this name in",
    when: "the Region has no prefix list of this name",
    todo: "check the name and the Region",
  },
  {
    says: "no Region is set",
    when: "neither the configuration nor the environment names a Region",
    todo: "set `aws:region`",
  },
  {
    says: "Pulumi cannot find pulumi-aws-egress",
    when: "the package manager [hides the package](../guides/package-managers.md#where-pulumi-looks) from the program",
    todo: "add it to the program's own `package.json`",
  },
  {
    says: "but from the program's folder Pulumi finds",
    when: "the project has [two versions](../guides/package-managers.md#two-versions) of the package",
    todo: "keep one version",
  },
  {
    says: "preflight of",
    when: "EC2 would refuse a call, and `aws-egress:preflight` is on",
    todo: "see the code that follows in [EC2 errors](ec2-errors.md)",
  },
  {
    says: "Declare the rule as it is and adopt it, then change it",
    when: "at `up`: the rule whose id `adopt` gives differs from the declared rule",
    todo: "adopt the rule as it is and change it in a later `up`, or remove `adopt`",
  },
  {
    says: "has rules that this set must not take over",
    when: 'others have rules on the group that the set declares, that an exclusive set would revoke, or that `strangers: "refuse"` refuses',
    todo: 'for unclaimed rules: set `adopt: true`; for rules of another stack: remove them there; for rules of a controller: declare them, remove them, or set `strangers: "revoke"`',
  },
  {
    says: "to release it",
    when: "at `up`: another stack has taken over the rule that you change",
    todo: "run `pulumi refresh`, then remove the rule from the program",
  },
  {
    says: "which does not have it",
    when: "the credentials are of [another account](configuration.md#credentials-of-another-account) than the rule or group in state; nothing was changed",
    todo: "use credentials of the account that the message names",
  },
  {
    says: "which the current credentials belong to",
    when: "`aws:allowedAccountIds` or `aws:forbiddenAccountIds` does not allow the account of the credentials; other commands than preview say `AccountNotAllowed`",
    todo: "use other credentials, or correct the list",
  },
  {
    says: "cannot be checked, because STS does not say whose the credentials are",
    when: "one of these two keys is set, and STS does not answer",
    todo: "make STS reachable (at `aws:endpoints`, if set), or remove the key",
  },
  {
    says: "accepted the rule, but neither its response nor a look-up shows it",
    when: "at `up`: EC2 made the rule but does not show it yet",
    todo: "run `pulumi up` again: it takes the rule over",
  },
  {
    says: "EC2 does not show that rule yet",
    when: "at `up`: EC2 has the rule already but does not show which one it is",
    todo: "run `pulumi up` again",
  },
];
