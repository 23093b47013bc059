import type { CanonicalDestination, Rule } from "../../provider/rule/rule";

/** The outbound rules of each security group that a program is about, before a change and after it. */
export interface Model {
  readonly groups: readonly GroupChange[];
  /** What could not be looked at, in sentences: that no state was given, so that what stays the same is not known. */
  readonly gaps: readonly string[];
}

export interface GroupChange {
  /** The group's id where it is known, else the name of the resource that makes it. */
  readonly group: string;
  /** The resource that makes the group, where the program does. */
  readonly urn?: string;
  /** Undefined where there is no such group, or nothing is known of it. */
  readonly before: GroupRules | undefined;
  readonly after: GroupRules | undefined;
}

/** What may leave a group at one time. */
export interface GroupRules {
  readonly rules: readonly DeclaredRule[];
  /** What is declared, though what it lets out is not known. */
  readonly unknown: readonly UnknownRule[];
  /** The exclusive sets of the group: nothing leaves it but what is declared. */
  readonly exclusive: readonly Because[];
}

/** What a rule lets out, in canonical form. */
export interface DeclaredRule {
  readonly traffic: Traffic;
  readonly because: Because;
}

export interface Traffic extends Omit<Rule, "securityGroupId" | "destination"> {
  readonly destination: CanonicalDestination;
}

export interface UnknownRule {
  readonly because: Because;
  /** What is not known, as a person would say it: `cidrIpv4 is secret`, `the group comes from "db"`. */
  readonly what: string;
}

/** Where a rule comes from. */
export interface Because {
  readonly urn: string;
  /** The resource's name, of which a person thinks: the component's where it has one. */
  readonly resource: string;
  readonly type: string;
  /** Why it is there: its description, or the intent that it stands for. */
  readonly reason?: string;
  readonly source?: Source;
}

/** The line of the program that a resource is made in. */
export interface Source {
  /** Relative to the project's folder. */
  readonly file: string;
  readonly line: number;
}
