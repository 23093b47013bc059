import * as pulumi from "@pulumi/pulumi";

/** The organization that Pulumi puts a stack in where a backend has none. */
const DEFAULT_ORGANIZATION = "organization";

/**
 * The stack that claims the rules of this program: `shop/prod`, with its organization in front where it has one.
 *
 * Undefined where the stack's `aws-egress:ownership` is false.
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
    // The SDK throws where there is none, as with mocks that were given none.
    return DEFAULT_ORGANIZATION;
  }
}
