import type { DestinationKind } from "../../provider/rule/destination";
import type { Resource } from "./resource";

/** Reads what the resources of one type say of outbound rules. */
export interface Reader {
  /** The type's token in a URN. */
  readonly type: string;
  /** Whether its resources are groups themselves. */
  readonly isGroup: boolean;
  /** Whether what it says stays as it is in EC2 when the resource is deleted. */
  readonly isLeftBehind?: boolean;
  readonly read: (resource: Resource) => Saying;
}

/** What one resource says. */
export interface Saying {
  readonly rules: readonly SaidRule[];
  /** The group that nothing may leave but what is declared. */
  readonly exclusive?: Given;
  /** What EC2 gives the group when it is made, and what then stays in it where nothing takes it away. */
  readonly ofEc2?: readonly SaidRule[];
  /** What stays in the group when the resource is deleted. */
  readonly onDelete?: readonly SaidRule[];
}

/** A rule as its resource says it, in the resource's own words: nothing is checked, and secrets are not yet hidden. */
export interface SaidRule {
  readonly group: Given | OwnGroup;
  readonly protocol: Given;
  readonly from?: Given;
  readonly to?: Given;
  /** Where it leads: each that is given. There should be one. */
  readonly destinations: readonly SaidDestination[];
  readonly description?: unknown;
  /** What makes it unsure that there is such a rule. */
  readonly doubt?: Called;
  /** What the rule is called where it is not known, in place of the inputs that are not. */
  readonly called?: Called;
}

/** Words for what is not known, and the input that it stands in. */
export interface Called {
  readonly name: string;
  readonly text: string;
}

/** A value, and the name that its resource gives it; what it comes from is told by the part before the first dot. */
export interface Given {
  readonly name: string;
  readonly value: unknown;
}

/** The group that the resource itself is, or the group that the rule is on. */
export const OWN_GROUP = "own group";
export type OwnGroup = typeof OWN_GROUP;

export interface SaidDestination {
  readonly kind: DestinationKind;
  readonly is: Given | OwnGroup;
}

/** The input that a name begins with: `egress` of `egress[0].cidrBlocks[1]`. */
export function inputOf(name: string): string {
  return /^[^.[]*/.exec(name)?.[0] ?? name;
}
