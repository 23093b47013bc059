import type { Failure } from "../../provider/rule/failure";

/** What the package refuses although EC2 accepts it, and why. */
const ON_PURPOSE: readonly { readonly property: RegExp; readonly reason: RegExp }[] = [
  // Only the package may write its own tag.
  { property: /^tags\[/, reason: /^keys that begin with "pulumi-aws-egress:"/ },
  // The claim takes the place of one tag.
  { property: /^tags$/, reason: /^has 50 entries .* keep at most 49$/ },
];

/** Whether the package alone refuses this. */
export function stricterThanEc2({ property, reason }: Failure): boolean {
  return ON_PURPOSE.some((one) => one.property.test(property) && one.reason.test(reason));
}
