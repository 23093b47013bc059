import * as pulumi from "@pulumi/pulumi";
import type { GroupReference } from "../provider/dynamic/groupReference";
import { isLater } from "../provider/dynamic/later";
import { isGiven } from "../provider/rule/record";
import type { Strangers } from "../provider/rule/strangers";
import { component } from "./component";
import type { Intent } from "./intent";
import { isPlainRecord, refuse } from "./shape";

/** The arguments of an `EgressPolicy`. */
export interface EgressPolicyArgs {
  /**
   * The security group: its id, an Output of the id, or any resource with an `id` output.
   *
   * @example web
   */
  securityGroup: GroupReference;
  /**
   * The traffic that may leave the group. An empty list allows nothing.
   *
   * @example [allow.https("10.0.0.0/16"), allow.postgres(database), allow.s3()]
   */
  allow: readonly Intent[];
  /**
   * Whether to revoke every other outbound rule of the group. A rule that a controller manages is an error instead.
   *
   * @default true, unless `strangers` is given
   * @example false
   */
  exclusive?: pulumi.Input<boolean | undefined>;
  /**
   * What to do with strangers: rules of the group that the policy does not declare.
   *
   * - `"revoke"`: revoke them, as with `exclusive: true`, including rules that a controller manages.
   * - `"report"`: keep them, and name them in every preview, `up` and refresh. Use it to try out a policy.
   * - `"refuse"`: fail with an error that names them, at preview, and at `up` before any change.
   *
   * With `"revoke"` and `"refuse"`, no other resource of the program may have rules on the group. Specify either
   * `strangers` or `exclusive`: both together are an error.
   *
   * @default `exclusive` decides
   * @example "report"
   */
  strangers?: pulumi.Input<Strangers | undefined>;
  /**
   * What an exclusive policy leaves behind when it is deleted: `"restoreDefault"` creates the rule that EC2 gives a new
   * group, all traffic to `0.0.0.0/0`. It does so only if the group has no other rule, and no other resource of the
   * program uses the group.
   *
   * @default nothing
   * @example "restoreDefault"
   */
  onDestroy?: pulumi.Input<"restoreDefault" | undefined>;
  /**
   * Whether to adopt rules of this policy that already exist in EC2 and that no stack claims, instead of failing on the
   * duplicate. An exclusive policy always adopts them, except for rules that a controller manages. Rules that this stack
   * claims are always adopted, unless `aws-egress:ownership` is false.
   *
   * @default false
   * @example true
   */
  adopt?: pulumi.Input<boolean | undefined>;
  /**
   * Tags of every rule.
   *
   * @default the tags of `aws:defaultTags`
   * @example { Team: "web" }
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> } | undefined>;
  /**
   * The Region of the group.
   *
   * @default the Region of the stack
   * @example "eu-west-1"
   */
  region?: pulumi.Input<string | undefined>;
}

/**
 * Declares all traffic that may leave a security group; every other outbound rule is revoked.
 *
 * The component creates one `EgressRuleSet`, so many rules take few API calls. If two intents need the same rule, the
 * policy creates it once, with both descriptions.
 *
 * ```ts
 * new EgressPolicy("web", {
 *   securityGroup: web,
 *   allow: [allow.https("10.0.0.0/16"), allow.postgres(database), allow.s3()],
 * });
 * ```
 */
export class EgressPolicy extends component<EgressPolicyArgs>(
  "EgressPolicy",
  ["securityGroup", "allow", "exclusive", "strangers", "onDestroy", "adopt", "tags", "region"],
  (where, { allow, ...others }) => ({
    ...others,
    exclusive: exclusiveOf(others),
    intents: intentList(where, allow).map((intent, place) => [`${where}: allow[${place}]`, intent]),
  }),
) {}

/** True if neither is specified, now or once the Outputs resolve. */
function exclusiveOf({ exclusive, strangers }: Pick<EgressPolicyArgs, "exclusive" | "strangers">) {
  const orTrue = (flag: boolean | undefined, said: unknown) => flag ?? (isGiven(said) ? undefined : true);
  if (!isLater(exclusive) && !isLater(strangers)) return orTrue(exclusive, strangers);
  return pulumi.all([exclusive, strangers]).apply(([flag, said]) => orTrue(flag, said));
}

function intentList(policy: string, intents: readonly Intent[]): readonly Intent[] {
  const remedy = 'specify a list of intents, such as [allow.https("10.0.0.0/16")]';
  if (!Array.isArray(intents)) return refuse(policy, "allow", intents, remedy);
  const wrong = intents.findIndex((intent) => !isPlainRecord(intent) || !("ports" in intent));
  return wrong === -1 ? intents : refuse(policy, `allow[${wrong}]`, intents[wrong], remedy);
}
