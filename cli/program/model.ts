import type { CanonicalDestination, Rule } from "../../provider/rule/rule";

/** The outbound rules of each security group in a program, before and after a change. */
export interface Model {
  readonly groups: readonly GroupChange[];
  /** What the model does not cover, in sentences. Without a state, for example, unchanged rules are unknown. */
  readonly gaps: readonly string[];
}

export interface GroupChange {
  /** The group's id if it is known; otherwise the name of the resource that creates the group. */
  readonly group: string;
  /** The resource that creates the group, if the program has one. */
  readonly urn?: string;
  /** Undefined if the group does not exist, or nothing is known about it. */
  readonly before: GroupRules | undefined;
  readonly after: GroupRules | undefined;
}

/** The outbound rules of a group at one point in time. */
export interface GroupRules {
  readonly rules: readonly DeclaredRule[];
  /** Declared rules whose traffic is unknown. */
  readonly unknown: readonly UnknownRule[];
  /** The exclusive sets of the group: they revoke every rule that the program does not declare. */
  readonly exclusive: readonly Because[];
}

/** A rule whose traffic is known, in canonical form. */
export interface DeclaredRule {
  readonly traffic: Traffic;
  readonly because: Because;
}

export interface Traffic extends Omit<Rule, "securityGroupId" | "destination"> {
  readonly destination: CanonicalDestination;
}

export interface UnknownRule {
  readonly because: Because;
  /** What is unknown, in a few words: `cidrIpv4 is secret`, `the group comes from "db"`. */
  readonly what: string;
}

export interface Because {
  readonly urn: string;
  /** The resource's name as users know it: the component's name if the resource is part of one. */
  readonly resource: string;
  readonly type: string;
  /** Why the rule exists: its description, or the intent that creates it. */
  readonly reason?: string;
  readonly source?: Source;
}

/** The line of the program that creates a resource. */
export interface Source {
  /** Relative to the project's folder. */
  readonly file: string;
  readonly line: number;
}
