import * as pulumi from "@pulumi/pulumi";

/**
 * The URN that a resource will have, known before its registration.
 *
 * It returns a promise rather than an Output: a resource that depended on its parent would wait for the parent's
 * children, and so for itself. Also, an Output for each of hundreds of rules costs more than the rules.
 */
export async function resourceUrn(
  type: string,
  name: string,
  parent: pulumi.Resource | undefined,
): Promise<string> {
  const around = parent && typeOf(await urnOf(parent));
  const isInStack = around === undefined || around === "pulumi:pulumi:Stack";
  return `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${isInStack ? "" : `${around}$`}${type}::${name}`;
}

/** The type, with those of the parents. The name after it may contain anything, even `::`. */
function typeOf(urn: string): string | undefined {
  const [, , type] = urn.split("::");
  return type;
}

const urns = new WeakMap<pulumi.Resource, Promise<string>>();

function urnOf(resource: pulumi.Resource): Promise<string> {
  const urn = urns.get(resource) ?? new Promise<string>((resolve) => resource.urn.apply(resolve));
  urns.set(resource, urn);
  return urn;
}
