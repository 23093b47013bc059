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
   * The rules, or an Output of them. They are a set: order, spelling and repetition do not matter. The same rule with two
   * descriptions is an error.
   *
   * @example [{ ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" }]
   */
  rules: pulumi.Input<readonly (SetRuleArgs | SetRulesArgs)[]>;
  /**
   * Whether the group may have no other rules: every other outbound rule is revoked when the set is created or updated,
   * and a refresh shows it. Rules that another stack claims are an error instead, and so are those that a controller
   * manages, which have a tag whose key starts with `aws:`, `kubernetes.io/`, `elbv2.k8s.aws/` or
   * `karpenter.sh/`. Destroying the set revokes its own rules, and leaves those that others have added since.
   *
   * @default false
   * @example true
   */
  exclusive?: pulumi.Input<boolean | undefined>;
  /**
   * What happens to strangers: rules of the group that the set does not declare.
   *
   * - `"revoke"`: they are revoked, as with `exclusive: true`, including those that a controller manages.
   * - `"report"`: they stay, and every preview, `up` and refresh names them, so that you can try a set first.
   * - `"refuse"`: they fail the preview, and `up` before it changes anything, with an error that names them.
   *
   * With `"revoke"` and `"refuse"` no other resource of the program may declare rules on the group. Specify it instead
   * of `exclusive`: both together are an error.
   *
   * @default they stay, unreported
   * @example "report"
   */
  strangers?: pulumi.Input<Strangers | undefined>;
  /**
   * What an exclusive set leaves behind when it is destroyed: `"restoreDefault"` creates the default rule of a new group,
   * all traffic to `0.0.0.0/0`, if the group has no other rules then and no other resource of the program uses it.
   *
   * @default nothing
   * @example "restoreDefault"
   */
  onDestroy?: pulumi.Input<"restoreDefault" | undefined>;
  /**
   * Adopts existing rules that no stack claims instead of failing on them. An exclusive set does so without `adopt`,
   * except for rules that a controller manages. Rules of this stack need no `adopt`, unless `aws-egress:ownership` is
   * false.
   *
   * @default false
   * @example true
   */
  adopt?: pulumi.Input<boolean | undefined>;
  /**
   * Tags of every rule. A rule's own tag takes precedence over one of these, and one of these over `aws:defaultTags`: 49
   * at most, together.
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

/** The parts of a rule of an `EgressRuleSet` that its key does not contain. */
export interface SetRuleOutput {
  /** Why the rule exists. */
  readonly description?: string;
  /** The tags declared on the rule itself. */
  readonly tags?: { readonly [key: string]: string };
}
