/** What is wrong where one resource has a group to itself, and another has rules on it. */
export function sharedGroupText(exclusive: string, other: string, group: string): string {
  return `${exclusive} has ${group} to itself (by exclusive or strangers), and ${other} has rules on it: declare them in the set, or leave that out`;
}
