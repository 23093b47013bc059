import { isRecord, type UnknownRecord, withoutUndefined } from "../../provider/rule/record";
import { isUnknown } from "../../provider/rule/unknown";
import type { Source } from "./model";
import { sourceOf } from "./source";
import { typeOf } from "./urn";

/** A resource as an export or a preview tells it, before or after the change. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  /** False for components. */
  readonly custom: boolean;
  /** Undefined until `up` has made it. */
  readonly id?: string;
  readonly inputs: UnknownRecord;
  /** Whether the program only reads it, and somebody else manages it. */
  readonly external: boolean;
  /** Whether another has taken its place already, and it waits to be deleted. */
  readonly pendingDelete: boolean;
  /** Whether EC2 keeps what it stands for when the program lets go of it. */
  readonly retainOnDelete: boolean;
  readonly parent?: string;
  /** What its inputs come from, all together; undefined where the input does not tell it. */
  readonly dependencies?: readonly string[];
  /** What each input comes from; undefined where the input does not tell it. */
  readonly propertyDependencies?: UnknownRecord;
  readonly source?: Source;
}

/** Reads a resource; undefined where it is none. */
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

/** The resources that an input comes from; undefined where that is not told. */
export function dependenciesOf(resource: Resource, property: string): readonly string[] | undefined {
  // Without dependencies of properties, those of the resource stand for any of them.
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
