/** What is wrong where two resources of a program declare one rule. */
export function sameRuleText(one: string, other: string, rule: string): string {
  return `${other} is the same rule as ${one}, ${rule}, and a group keeps a rule only once: remove one of the two`;
}

/** What is wrong where one resource has a group to itself, and another has rules on it. */
export function sharedGroupText(exclusive: string, other: string, group: string): string {
  return `${exclusive} has ${group} to itself (by exclusive or strangers), and ${other} has rules on it: declare them in the set, or leave that out`;
}
