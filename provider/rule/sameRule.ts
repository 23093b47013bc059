/** The error of two resources of a program that declare one rule. */
export function sameRuleText(one: string, other: string, rule: string): string {
  return `${other} is the same rule as ${one}, ${rule}, and a group keeps a rule only once: remove one of the two`;
}
