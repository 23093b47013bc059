import type * as pulumi from "@pulumi/pulumi";
import type { Strangers } from "../rule/strangers";
import type { SetRuleArgs, SetRulesArgs } from "./egressRuleArgs";
import type { GroupReference } from "./groupReference";

/** The arguments of an `EgressRuleSet`. */
export interface EgressRuleSetArgs {
  /**
   * The security group: its id, an Output of it, or anything with an `id` output.
   *
   * @example web.id
   */
  securityGroupId: GroupReference;
  /**
   * The rules, or an Output of them: a set, so that order, spelling and repetition do not matter. The same rule with two
   * descriptions is an error.
   *
   * @example [{ ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" }]
   */
  rules: pulumi.Input<readonly (SetRuleArgs | SetRulesArgs)[]>;
  /**
   * Whether nothing but these rules may leave the group: every other outbound rule is revoked, when the set is made
   * and whenever it is updated, and shows at a refresh. Rules that another stack claims are an error instead, and so are
   * those that a controller keeps: with a tag whose key begins with `aws:`, `kubernetes.io/`, `elbv2.k8s.aws/` or
   * `karpenter.sh/`. Destroying the set takes its own rules, and leaves what others have added since.
   *
   * @default false
   * @example true
   */
  exclusive?: pulumi.Input<boolean | undefined>;
  /**
   * What becomes of strangers, which are rules of the group that the set does not declare.
   *
   * - `"revoke"`: they go, as with `exclusive: true`, also those that a controller keeps.
   * - `"report"`: they stay, and every preview, `up` and refresh names them: so a set can be tried before it bites.
   * - `"refuse"`: they are an error that names them, at preview, and at `up` before anything is changed.
   *
   * With `"revoke"` and `"refuse"` nothing else of the program may have rules on the group. Say it in place of
   * `exclusive`: both together are an error.
   *
   * @default they stay, and nothing is said
   * @example "report"
   */
  strangers?: pulumi.Input<Strangers | undefined>;
  /**
   * What a set that has its group to itself leaves behind: `"restoreDefault"` is the rule that EC2 gives a new group,
   * all traffic to `0.0.0.0/0`. It comes only where no other rule is on the group then, and no other resource of the program uses it.
   *
   * @default nothing
   * @example "restoreDefault"
   */
  onDestroy?: pulumi.Input<"restoreDefault" | undefined>;
  /**
   * Takes over rules of this set that EC2 has already and that no stack claims, instead of failing on them. A set that has
   * its group to itself does so without being told, but for those that a controller keeps. Rules of this stack are taken over without it, unless `aws-egress:ownership` is false.
   *
   * @default false
   * @example true
   */
  adopt?: pulumi.Input<boolean | undefined>;
  /**
   * Tags of every rule. A rule's own tag goes before one of these by the same key, and one of these before one of
   * `aws:defaultTags`: 49 at most, together.
   *
   * @default those of `aws:defaultTags`
   * @example { Team: "web" }
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> } | undefined>;
  /**
   * The Region of the group. Another Region replaces the set.
   *
   * @default `aws:region`, `AWS_REGION`, `AWS_DEFAULT_REGION`, or that of the profile
   * @example "eu-west-1"
   */
  region?: pulumi.Input<string | undefined>;
}

/** A rule as an `EgressRuleSet` keeps it, beside what it is, which is its key. */
export interface SetRuleOutput {
  /** Why the rule is there. */
  readonly description?: string;
  /** The tags declared on the rule itself. */
  readonly tags?: { readonly [key: string]: string };
}
