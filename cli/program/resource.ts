import { isRecord, type UnknownRecord, withoutUndefined } from "../../provider/rule/record";
import { isUnknown } from "../../provider/rule/unknown";
import type { Source } from "./model";
import { sourceOf } from "./source";
import { typeOf } from "./urn";

/** A resource from an export or a preview, before or after the change. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  /** False for components. */
  readonly custom: boolean;
  /** Undefined until `up` has created the resource. */
  readonly id?: string;
  readonly inputs: UnknownRecord;
  /** Whether the program only reads the resource, because someone else manages it. */
  readonly external: boolean;
  /** Whether the resource is already replaced, and a later `up` deletes it. */
  readonly pendingDelete: boolean;
  /** Whether EC2 keeps the rule or group when the resource leaves the program. */
  readonly retainOnDelete: boolean;
  readonly parent?: string;
  /** The resources that the inputs depend on, all together; undefined if they are not recorded. */
  readonly dependencies?: readonly string[];
  /** The resources that each input depends on; undefined if they are not recorded. */
  readonly propertyDependencies?: UnknownRecord;
  readonly source?: Source;
}

/** Parses a resource; undefined if the value is not one. */
export function parseResource(value: unknown, urn?: string): Resource | undefined {
  if (!isRecord(value)) return undefined;
  const named = text(value.urn) ?? urn;
  if (named === undefined) return undefined;
  return {
    urn: named,
    type: text(value.type) ?? typeOf(named),
    custom: value.custom === true,
    inputs: isRecord(value.inputs) ? value.inputs : {},
    external: value.external === true,
    pendingDelete: value.delete === true,
    retainOnDelete: value.retainOnDelete === true,
    ...withoutUndefined({
      id: isUnknown(value.id) ? undefined : text(value.id),
      parent: text(value.parent),
      dependencies: Array.isArray(value.dependencies) ? value.dependencies.filter(isText) : undefined,
      propertyDependencies: isRecord(value.propertyDependencies) ? value.propertyDependencies : undefined,
      source: sourceOf(value),
    }),
  };
}

/** The resources that an input depends on; undefined if they are not recorded. */
export function dependenciesOf(resource: Resource, property: string): readonly string[] | undefined {
  // Without dependencies for each property, any input may depend on any of the resource's dependencies.
  if (resource.propertyDependencies === undefined) return resource.dependencies;
  const urns = resource.propertyDependencies[property];
  return Array.isArray(urns) ? urns.filter(isText) : undefined;
}

function text(value: unknown): string | undefined {
  return isText(value) && value !== "" ? value : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
