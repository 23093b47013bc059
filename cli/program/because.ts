import { isUnknown } from "../../provider/rule/unknown";
import type { Because } from "./model";
import type { Resource } from "./resource";
import { known } from "./secret";
import { nameOf } from "./urn";

/** Where a rule of a resource comes from, with the reason that its description gives. */
export type Reasons = (resource: Resource, description: unknown) => Because;

/** @param all every resource of the program, by its URN */
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

/** The component that a resource is a part of; the stack is none. */
function componentOf({ parent }: Resource, all: ReadonlyMap<string, Resource>): Resource | undefined {
  const found = parent === undefined ? undefined : all.get(parent);
  return found === undefined || found.custom || found.type === "pulumi:pulumi:Stack" ? undefined : found;
}

function textOf(description: unknown): string | undefined {
  const text = known(description);
  return typeof text === "string" && text.trim() !== "" && !isUnknown(text) ? text : undefined;
}

/** What a component of this package is named for: `AllowHttpsOut`. */
function intentOf(component: Resource | undefined): string | undefined {
  return /^aws-egress:index:(.+)$/.exec(component?.type ?? "")?.[1];
}
