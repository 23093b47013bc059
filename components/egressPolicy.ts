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
   * The group whose policy this is: its id, an Output of it, or anything with an `id` output.
   *
   * @example web
   */
  securityGroup: GroupReference;
  /**
   * What may leave it; with an empty list, nothing.
   *
   * @example [allow.https("10.0.0.0/16"), allow.postgres(database), allow.s3()]
   */
  allow: readonly Intent[];
  /**
   * Whether nothing else may leave: every other outbound rule of the group is revoked, but one that a controller keeps,
   * which is an error.
   *
   * @default true, unless `strangers` is given
   * @example false
   */
  exclusive?: pulumi.Input<boolean | undefined>;
  /**
   * What becomes of strangers, which are rules of the group that the policy does not declare.
   *
   * - `"revoke"`: they go, as with `exclusive: true`, also those that a controller keeps.
   * - `"report"`: they stay, and every preview, `up` and refresh names them: so a policy can be tried before it bites.
   * - `"refuse"`: they are an error that names them, at preview, and at `up` before anything is changed.
   *
   * With `"revoke"` and `"refuse"` nothing else of the program may have rules on the group. Say it in place of
   * `exclusive`: both together are an error.
   *
   * @default those of `exclusive` go
   * @example "report"
   */
  strangers?: pulumi.Input<Strangers | undefined>;
  /**
   * What a policy that has its group to itself leaves behind: `"restoreDefault"` is the rule that EC2 gives a new
   * group, all traffic to `0.0.0.0/0`. It comes only where no other rule is on the group then, and no other resource of the program uses it.
   *
   * @default nothing
   * @example "restoreDefault"
   */
  onDestroy?: pulumi.Input<"restoreDefault" | undefined>;
  /**
   * Takes over rules of this policy that EC2 has already and that no stack claims, instead of failing on them. A
   * policy that has its group to itself does so without being told, but for those that a controller keeps. Rules of
   * this stack are taken over without it, unless `aws-egress:ownership` is false.
   *
   * @default false
   * @example true
   */
  adopt?: pulumi.Input<boolean | undefined>;
  /**
   * Tags of every rule.
   *
   * @default those of `aws:defaultTags`
   * @example { Team: "web" }
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> } | undefined>;
  /**
   * The Region of the group.
   *
   * @default the stack's
   * @example "eu-west-1"
   */
  region?: pulumi.Input<string | undefined>;
}

/**
 * What may leave a security group, and nothing else.
 *
 * Its rules are one `EgressRuleSet`, so that many of them cost few calls. A rule that two intents want is made once,
 * with both descriptions.
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

/** True where neither is given, whether that is known now or later. */
function exclusiveOf({ exclusive, strangers }: Pick<EgressPolicyArgs, "exclusive" | "strangers">) {
  const orTrue = (flag: boolean | undefined, said: unknown) => flag ?? (isGiven(said) ? undefined : true);
  if (!isLater(exclusive) && !isLater(strangers)) return orTrue(exclusive, strangers);
  return pulumi.all([exclusive, strangers]).apply(([flag, said]) => orTrue(flag, said));
}

function intentList(policy: string, intents: readonly Intent[]): readonly Intent[] {
  const remedy = 'give a list of intents, as in [allow.https("10.0.0.0/16")]';
  if (!Array.isArray(intents)) return refuse(policy, "allow", intents, remedy);
  const wrong = intents.findIndex((intent) => !isPlainRecord(intent) || !("ports" in intent));
  return wrong === -1 ? intents : refuse(policy, `allow[${wrong}]`, intents[wrong], remedy);
}
