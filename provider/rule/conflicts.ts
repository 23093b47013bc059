/** The failure if two resources of a program declare the same rule. */
export function sameRuleText(one: string, other: string, rule: string): string {
  return `${other} is a duplicate of ${one}, ${rule}: remove one of the two`;
}

/** The failure if one resource has a group exclusively, and another declares rules on it. */
export function sharedGroupText(exclusive: string, other: string, group: string): string {
  return `${exclusive} has ${group} to itself (exclusive or strangers), but ${other} declares rules on it, too: declare them in the set, or remove exclusive or strangers`;
}
