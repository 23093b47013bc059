import type { Text } from "./kinds";

/** The operation of a failed call: the call, and how an error describes its purpose. */
export interface Doing {
  readonly action: string;
  readonly doing: Text;
}

export type Verb = "create" | "change" | "tag" | "untag" | "look" | "revoke";

export const VERBS: { readonly [verb in Verb]: Doing } = {
  create: {
    action: "AuthorizeSecurityGroupEgress",
    doing: "authorizing tcp 443 to {destination} on {group}",
  },
  change: {
    action: "ModifySecurityGroupRules",
    doing: "changing rule {rule} to tcp 443 to {destination} on {group}",
  },
  tag: { action: "CreateTags", doing: "tagging rule {rule} on {group}" },
  untag: { action: "DeleteTags", doing: "removing tags of rule {rule} on {group}" },
  look: {
    action: "DescribeSecurityGroupRules",
    doing: { EgressRule: "reading rule {rule}", EgressRuleSet: "reading the rules of {group}" },
  },
  revoke: { action: "RevokeSecurityGroupEgress", doing: "revoking rule {rule} on {group}" },
};
