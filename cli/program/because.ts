import { isUnknown } from "../../provider/rule/unknown";
import type { Because } from "./model";
import type { Resource } from "./resource";
import { known } from "./secret";
import { nameOf } from "./urn";

/** Tells where a rule of a resource comes from, and why: the reason is the rule's description. */
export type Reasons = (resource: Resource, description: unknown) => Because;

/** @param all all resources of the program, by URN */
export function reasonsOf(all: ReadonlyMap<string, Resource>): Reasons {
  return (resource, description) => {
    const component = componentOf(resource, all);
    const reason = textOf(description) ?? intentOf(component);
    const source = resource.source ?? component?.source;
    return {
      urn: resource.urn,
      resource: nameOf((component ?? resource).urn),
      type: resource.type,
      ...(reason !== undefined && { reason }),
      ...(source !== undefined && { source }),
    };
  };
}

/** The component that contains a resource. The stack is not a component. */
function componentOf({ parent }: Resource, all: ReadonlyMap<string, Resource>): Resource | undefined {
  const found = parent === undefined ? undefined : all.get(parent);
  return found === undefined || found.custom || found.type === "pulumi:pulumi:Stack" ? undefined : found;
}

function textOf(description: unknown): string | undefined {
  const text = known(description);
  return typeof text === "string" && text.trim() !== "" && !isUnknown(text) ? text : undefined;
}

/** The intent in a component's type, if the component belongs to this package: `AllowHttpsOut`. */
function intentOf(component: Resource | undefined): string | undefined {
  return /^aws-egress:index:(.+)$/.exec(component?.type ?? "")?.[1];
}
