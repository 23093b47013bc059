import * as pulumi from "@pulumi/pulumi";
import { EgressRuleSet } from "../provider/dynamic/egressRuleSet";
import type { SetRuleArgs } from "../provider/dynamic/egressRuleSetArgs";
import { warnOfProviders } from "../provider/dynamic/explicitProvider";
import { type GroupReference, groupId } from "../provider/dynamic/groupReference";
import { refuseImport } from "../provider/dynamic/importOption";
import { silenced } from "../provider/dynamic/silenced";
import { quoteName } from "../provider/rule/failure";
import { isGiven } from "../provider/rule/record";
import type { Strangers } from "../provider/rule/strangers";
import type { WarningKind } from "../provider/rule/warnings";
import { destinationsOf } from "./destination";
import type { Intent } from "./intent";
import { checkKnown } from "./knownArguments";
import { portList, portName } from "./port";
import { isLater, isPlainRecord, refuse } from "./shape";
import { trafficOf } from "./trafficOf";

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
 * with the reasons of both in its description.
 *
 * ```ts
 * new EgressPolicy("web", {
 *   securityGroup: web,
 *   allow: [allow.https("10.0.0.0/16"), allow.postgres(database), allow.s3()],
 * });
 * ```
 */
export class EgressPolicy extends pulumi.ComponentResource {
  /** The rules by what they are: `tcp 443 to 10.0.0.0/16`. */
  readonly rules: EgressRuleSet["rules"];
  /** The ids of the rules, `sgr-…`, by what they are. */
  readonly ruleIds: EgressRuleSet["ruleIds"];

  constructor(name: string, args: EgressPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("aws-egress:index:EgressPolicy", name, {}, opts);
    const where = `EgressPolicy ${quoteName(name)}`;
    refuseImport(where, opts, "true");
    warnOfProviders(this, opts);
    // A set would take some that are none of this, and names others in its words.
    checkKnown(where, args, ARGUMENTS);
    const { securityGroup, allow, ...others } = { ...args };
    const securityGroupId = groupId(`${where}: securityGroup`, securityGroup);
    const exclusive = exclusiveOf(others);
    const rules = rulesOf(where, allow);
    const set = new EgressRuleSet(name, { ...others, securityGroupId, exclusive, rules }, { parent: this });
    this.rules = set.rules;
    this.ruleIds = set.ruleIds;
    this.registerOutputs({ rules: this.rules, ruleIds: this.ruleIds });
  }
}

const ARGUMENTS: readonly string[] = [
  "securityGroup",
  "allow",
  "exclusive",
  "strangers",
  "onDestroy",
  "adopt",
  "tags",
  "region",
] satisfies (keyof EgressPolicyArgs)[];

/** True where neither is given, whether that is known now or later. */
function exclusiveOf({ exclusive, strangers }: Pick<EgressPolicyArgs, "exclusive" | "strangers">) {
  const orTrue = (flag: boolean | undefined, said: unknown) => flag ?? (isGiven(said) ? undefined : true);
  if (!isLater(exclusive) && !isLater(strangers)) return orTrue(exclusive, strangers);
  return pulumi.all([exclusive, strangers]).apply(([flag, said]) => orTrue(flag, said));
}

interface Merged {
  readonly rule: SetRuleArgs;
  readonly reasons: pulumi.Input<string>[];
  readonly silence: Set<WarningKind>;
}

/** The rules that some intents come to, each once. */
function rulesOf(policy: string, intents: readonly Intent[]): SetRuleArgs[] {
  const merged = new Map<string, Merged>();
  for (const [place, intent] of intentList(policy, intents).entries()) {
    const where = `${policy}: allow[${place}]`;
    const { to, description } = intent;
    const ports = portList(where, intent.ports);
    const silence = silenced(where, intent.silence);
    for (const [port, { key, args }] of trafficOf(ports, destinationsOf(where, to))) {
      const { protocol: ipProtocol, ...range } = port;
      const same = merged.get(`${portName(port)} ${key}`);
      if (same === undefined) {
        const rule = { ...args, ...range, ipProtocol };
        merged.set(`${portName(port)} ${key}`, { rule, reasons: [description], silence: new Set(silence) });
      } else {
        if (!same.reasons.includes(description)) same.reasons.push(description);
        for (const kind of silence) same.silence.add(kind);
      }
    }
  }
  return [...merged.values()].map(({ rule, reasons, silence }) => ({
    ...rule,
    description: joined(reasons),
    silence: [...silence],
  }));
}

function intentList(policy: string, intents: readonly Intent[]): readonly Intent[] {
  const remedy = 'give a list of intents, as in [allow.https("10.0.0.0/16")]';
  if (!Array.isArray(intents)) return refuse(policy, "allow", intents, remedy);
  const wrong = intents.findIndex((intent) => !isPlainRecord(intent) || !("ports" in intent));
  return wrong === -1 ? intents : refuse(policy, `allow[${wrong}]`, intents[wrong], remedy);
}

const LONGEST_DESCRIPTION = 255;

/** The reasons of all who want a rule. */
function joined(reasons: readonly pulumi.Input<string>[]): pulumi.Input<string> {
  const texts = reasons.filter((reason) => typeof reason === "string");
  return texts.length === reasons.length ? cut(texts) : pulumi.all([...reasons]).apply(cut);
}

/** A single reason that is too long is refused by the check; several are cut, as none of them is at fault. */
function cut(reasons: readonly string[]): string {
  // What an Output comes to may be no text, and that is for check to refuse.
  const wrong = reasons.filter(isGiven).find((reason) => typeof reason !== "string");
  if (wrong !== undefined) return wrong;
  const text = [...new Set(reasons)].join("; ");
  return reasons.length === 1 || text.length <= LONGEST_DESCRIPTION
    ? text
    : `${text.slice(0, LONGEST_DESCRIPTION - 3)}...`;
}
