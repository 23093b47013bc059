/** What the package itself says, by words that are in its sources. */
export const PREVIEW_ERRORS: readonly {
  readonly says: string;
  readonly when: string;
  readonly todo: string;
}[] = [
  {
    says: "no destination is given",
    when: "a rule leads nowhere",
    todo: "give exactly one destination",
  },
  {
    says: "is a second destination beside",
    when: "a rule leads to two places",
    todo: "write a rule for each",
  },
  {
    says: "is no security group: give a group",
    when: "a resource stands for a group and is something else, such as a VPC",
    todo: "give the group, its id, or an Output of that",
  },
  {
    says: "and a group keeps a rule only once",
    when: "a program declares the same rule twice, in whatever spelling",
    todo: "take out one of the two, which are named",
  },
  {
    says: "so have other rules of this program",
    when: "Pulumi stops at the first bad resource",
    todo: "mend the others too, in the lines below",
  },
  {
    says: "would have more outbound rules than fit",
    when: "a group would be over its quota",
    todo: "merge CIDRs, or raise the quota and set `aws-egress:rulesPerGroup`",
  },
  {
    says: "to itself (by exclusive or strangers)",
    when: 'a group of an exclusive set, or of one with `strangers` `"revoke"` or `"refuse"`, has rules elsewhere in the program',
    todo: "declare them in the set, or leave that out",
  },
  {
    says: "no prefix list has this name in",
    when: "a prefix list is not in the Region",
    todo: "check the name and the Region",
  },
  {
    says: "no Region is set",
    when: "neither configuration nor environment names a Region",
    todo: "set `aws:region`",
  },
  {
    says: "preflight of",
    when: "EC2 would refuse a call, and `aws-egress:preflight` is on",
    todo: "as for the code that follows",
  },
  {
    says: "Declare the rule as it is and adopt it, then change it",
    when: "at `up`: the rule that `adopt` names by its id is another than the one declared",
    todo: "adopt first, change after; or leave out `adopt`",
  },
  {
    says: "has rules that this set may not take",
    when: 'at `up`, and for a new exclusive set at preview: a group has rules of others that a set wants, or an exclusive one would take away; or it has any that a set with `strangers: "refuse"` does not declare, at preview too',
    todo: 'set `adopt: true` where they are nobody\'s; remove them in the stack that is named; and where a controller keeps them, or the set refuses them, declare them, remove them, or say `strangers: "revoke"`',
  },
  {
    says: "which lets go of it",
    when: "at `up`: another stack has taken over a rule that is to be changed",
    todo: "run `pulumi refresh`, then take the rule out of the program",
  },
  {
    says: "which does not have it",
    when: "at `refresh`, `up` or `destroy`: state knows the rule or the group in another account than that of the credentials in use",
    todo: "use credentials of the account that is named; nothing was changed",
  },
  {
    says: "of which the credentials in use are",
    when: "`aws:allowedAccountIds` or `aws:forbiddenAccountIds` keeps out the account of the credentials in use; of other commands than preview as `AccountNotAllowed`",
    todo: "use other credentials, or correct the list",
  },
  {
    says: "cannot be held, as STS does not tell whose the credentials are",
    when: "one of these two keys is set, and STS does not answer",
    todo: "see that STS can be reached, at `aws:endpoints` if that is set; or take the key out",
  },
  {
    says: "took the rule, but neither its answer nor a look-up shows it",
    when: "at `up`: EC2 is behind, and has left the rule out of its answer",
    todo: "run `pulumi up` again: it takes over what carries the stack's claim",
  },
  {
    says: "EC2 does not show that rule yet",
    when: "at `up`: EC2 has the rule already, and is behind in showing which it is",
    todo: "run `pulumi up` again",
  },
];
