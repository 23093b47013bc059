import * as pulumi from "@pulumi/pulumi";

/** The organization that Pulumi uses if a backend has none. */
const DEFAULT_ORGANIZATION = "organization";

/**
 * The stack that claims the rules of this program: `shop/prod`, preceded by its organization if it has one.
 *
 * Undefined if the stack's `aws-egress:ownership` is false.
 */
export function stackName(): string | undefined {
  if (new pulumi.Config("aws-egress").getBoolean("ownership") === false) return undefined;
  const stack = `${pulumi.getProject()}/${pulumi.getStack()}`;
  const organization = organizationName();
  return organization === DEFAULT_ORGANIZATION ? stack : `${organization}/${stack}`;
}

function organizationName(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    // The SDK throws without an organization, for example with mocks that specify none.
    return DEFAULT_ORGANIZATION;
  }
}
