/** The package's terminal messages other than errors, by words in its sources. */
export const LINES: readonly { readonly says: string; readonly meaning: string }[] = [
  {
    says: "another resource of this program has it now",
    meaning: "a rule is left in place after a rename, a move or a replacement: the other resource holds it",
  },
  {
    says: "this program declares it",
    meaning:
      "a rule is left in place because another resource declares it, but could not take it over yet: run `pulumi up` again",
  },
  {
    says: "claims it now",
    meaning:
      "a rule is left in place because the named stack has taken it over. If it is your own stack, [a run was killed](../explanation/reliability.md#a-destroy-right-after-a-kill): run `pulumi up`",
  },
  {
    says: "has rules that this set does not declare",
    meaning: '[`strangers`](resources.md#strangers) is `"report"`: declare these rules, or remove them',
  },
  {
    says: "rules that the exclusive set does not own are left in place",
    meaning: "others added them after the last update of the set that you destroyed",
  },
];
