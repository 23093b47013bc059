import type { DestinationKind } from "../../provider/rule/destination";
import type { Resource } from "./resource";

/** Reads the outbound rules from the resources of one type. */
export interface Reader {
  /** The type's token in a URN. */
  readonly type: string;
  /** Whether the resources are groups themselves. */
  readonly isGroup: boolean;
  /** Whether EC2 keeps the rules when the resource is deleted. */
  readonly isLeftBehind?: boolean;
  readonly read: (resource: Resource) => Saying;
}

/** The outbound rules that one resource specifies. */
export interface Saying {
  readonly rules: readonly SaidRule[];
  /** The group whose undeclared rules the resource revokes. */
  readonly exclusive?: Given;
  /** The rules that EC2 gives the new group. They remain until something revokes them. */
  readonly ofEc2?: readonly SaidRule[];
  /** The rules that a delete of the resource leaves in the group. */
  readonly onDelete?: readonly SaidRule[];
}

/** A rule in the words of its resource, before any check. It may still contain secrets. */
export interface SaidRule {
  readonly group: Given | OwnGroup;
  readonly protocol: Given;
  readonly from?: Given;
  readonly to?: Given;
  /** Every destination that the rule specifies. A valid rule has exactly one. */
  readonly destinations: readonly SaidDestination[];
  readonly description?: unknown;
  /** Why the rule may not exist. */
  readonly doubt?: Called;
  /** Words for an unknown rule. They replace the names of its unknown properties. */
  readonly called?: Called;
}

/** Words for an unknown, and the property that contains it. */
export interface Called {
  readonly name: string;
  readonly text: string;
}

/** A value and the name of its property. The part before the first dot or bracket finds the value's dependencies. */
export interface Given {
  readonly name: string;
  readonly value: unknown;
}

/** Stands for the group that the resource itself is, or that the rule is on. */
export const OWN_GROUP = "own group";
export type OwnGroup = typeof OWN_GROUP;

export interface SaidDestination {
  readonly kind: DestinationKind;
  readonly is: Given | OwnGroup;
}

/** The property that a name begins with: `egress` in `egress[0].cidrBlocks[1]`. */
export function inputOf(name: string): string {
  return /^[^.[]*/.exec(name)?.[0] ?? name;
}
