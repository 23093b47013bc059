import type { Failure } from "../../provider/rule/failure";

/** What is refused though EC2 would take it, and why. */
const ON_PURPOSE: readonly { readonly property: RegExp; readonly reason: RegExp }[] = [
  // The package's own tag is not for others to write.
  { property: /^tags\[/, reason: /^keys that begin with "pulumi-aws-egress:"/ },
  // The claim takes the place of one tag.
  { property: /^tags$/, reason: /^has 50 entries .* keep at most 49$/ },
];

/** Whether this is refused for the package's own sake. */
export function stricterThanEc2({ property, reason }: Failure): boolean {
  return ON_PURPOSE.some((one) => one.property.test(property) && one.reason.test(reason));
}
