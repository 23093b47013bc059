import * as pulumi from "@pulumi/pulumi";

/**
 * The URN that a resource will have, known before it is registered.
 *
 * A promise, and no Output: a resource that depended on its parent would wait for the parent's children, and so for
 * itself; and an Output for each of hundreds of rules costs more than the rules.
 */
export async function resourceUrn(
  type: string,
  name: string,
  parent: pulumi.Resource | undefined,
): Promise<string> {
  const around = parent && (await urnOf(parent));
  const prefix =
    around === undefined || around.includes("::pulumi:pulumi:Stack::")
      ? `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::`
      : `${around.slice(0, around.lastIndexOf("::"))}$`;
  return `${prefix}${type}::${name}`;
}

const urns = new WeakMap<pulumi.Resource, Promise<string>>();

function urnOf(resource: pulumi.Resource): Promise<string> {
  const urn = urns.get(resource) ?? new Promise<string>((resolve) => resource.urn.apply(resolve));
  urns.set(resource, urn);
  return urn;
}
