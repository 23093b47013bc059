import * as pulumi from "@pulumi/pulumi";
import { quote, quoteName } from "../rule/failure";
import { withoutUndefined } from "../rule/record";
import type { EgressGetArgs, EgressRuleArgs } from "./egressRuleArgs";
import { refuseProvider } from "./explicitProvider";
import { groupId } from "./groupReference";
import { refuseImport } from "./importOption";
import { checkInProgram } from "./programCheck";
import { providerLine } from "./providerLine";
import { refuseOutOfReach } from "./refuseOutOfReach";
import { resourceUrn } from "./resourceUrn";
import { secretLike, secretNames } from "./secrets";
import { silenced } from "./silenced";
import { stackName } from "./stackName";

const TYPE = "pulumi-nodejs:dynamic/aws-egress:EgressRule";

/**
 * One outbound rule of one security group.
 *
 * The arguments are those of `aws.vpc.SecurityGroupEgressRule`, plus `icmp`, `adopt`, `silence`, `prefixListName` and
 * `referencedSecurityGroupOwnerId`. Invalid arguments fail at `pulumi preview`, all at once. A different spelling of the
 * same rule (`100.68.0.18/18` for `100.68.0.0/18`, `6` for `tcp`) is no change. A different group, protocol, port or
 * destination replaces the rule: the new one is created before the old one is revoked. Description and tags change in
 * place. A resource that is renamed, or moves within a list, keeps its rule without `aliases`.
 *
 * ```ts
 * new EgressRule("to-lan", {
 *   securityGroupId: web.id,
 *   ipProtocol: "tcp",
 *   fromPort: 80,
 *   toPort: 80,
 *   cidrIpv4: "10.0.0.0/16",
 * });
 * ```
 *
 * Source: [AuthorizeSecurityGroupEgress](https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupEgress.html).
 */
export class EgressRule extends pulumi.CustomResource {
  /** The id of the group whose outbound rule this is. */
  declare readonly securityGroupId: pulumi.Output<string>;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, another protocol's number, or `-1` for all. */
  declare readonly ipProtocol: pulumi.Output<string>;
  /** The first port, or the ICMP type; undefined if the protocol has no ports. */
  declare readonly fromPort: pulumi.Output<number | undefined>;
  /** The last port, or the ICMP code; undefined if the protocol has no ports. */
  declare readonly toPort: pulumi.Output<number | undefined>;
  /** The destination, if it is an IPv4 range, in canonical form. */
  declare readonly cidrIpv4: pulumi.Output<string | undefined>;
  /** The destination, if it is an IPv6 range, in canonical form. */
  declare readonly cidrIpv6: pulumi.Output<string | undefined>;
  /** The destination, if it is a prefix list. */
  declare readonly prefixListId: pulumi.Output<string | undefined>;
  /** The destination, if it is a security group. */
  declare readonly referencedSecurityGroupId: pulumi.Output<string | undefined>;
  /** The account of the destination, if it is another account's group. */
  declare readonly referencedSecurityGroupOwnerId: pulumi.Output<string | undefined>;
  /** Why the rule exists. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** The tags declared on this rule. */
  declare readonly tags: pulumi.Output<{ [key: string]: string } | undefined>;
  /** The tags declared on this rule, and those of `aws:defaultTags`. */
  declare readonly tagsAll: pulumi.Output<{ [key: string]: string }>;
  /** The Region of the group. */
  declare readonly region: pulumi.Output<string>;
  /** The id that EC2 gave the rule, `sgr-…`; the same as the resource's `id`. */
  declare readonly securityGroupRuleId: pulumi.Output<string>;
  /** The ARN of the rule. */
  declare readonly arn: pulumi.Output<string>;

  /**
   * Reads an existing rule without managing it; fails if it does not exist.
   *
   * ```ts
   * const toLan = EgressRule.get("to-lan", "sgr-0123456789abcdef0");
   * ```
   *
   * @param name the name of the resource in this program
   * @param id the id of the rule, `sgr-…`
   * @param state its `region`, if it is not the stack's; the rest comes from EC2
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: EgressGetArgs,
    opts?: pulumi.CustomResourceOptions,
  ): EgressRule {
    return new EgressRule(name, state, { ...opts, id });
  }

  /** Whether a value is an `EgressRule`, from any copy of this package. */
  static override isInstance(value: unknown): value is EgressRule {
    return pulumi.CustomResource.isInstance(value) && pulumi.resourceType(value) === TYPE;
  }

  constructor(name: string, args: EgressRuleArgs, opts?: pulumi.CustomResourceOptions);
  /** @internal For `get`, which reads the arguments from EC2. */
  constructor(
    name: string,
    state: EgressGetArgs | undefined,
    opts: pulumi.CustomResourceOptions & { readonly id: pulumi.Input<pulumi.ID> },
  );
  constructor(
    name: string,
    args: EgressRuleArgs | EgressGetArgs | undefined,
    opts?: pulumi.CustomResourceOptions,
  ) {
    const label = `EgressRule ${quoteName(name)}`;
    refuseOutOfReach(label);
    refuseImport(label, opts, quote(opts?.import));
    const { inputs, warnings } = isDeclared(args, opts)
      ? declare(args, name, opts)
      : { inputs: { region: args?.region }, warnings: [] };
    super(TYPE, name, { ...NO_OUTPUTS, ...inputs, __provider: providerLine("egressRule") }, opts);
    refuseProvider(label, opts);
    // A warning waits for its resource, and a program for its warnings: warn after registration.
    if (warnings.length > 0) this.urn.apply(() => warnings.map((warning) => pulumi.log.warn(warning, this)));
  }
}

/** A property becomes an Output only if it is named, so name those that are not given, too. */
const NO_OUTPUTS = {
  securityGroupId: undefined,
  ipProtocol: undefined,
  fromPort: undefined,
  toPort: undefined,
  cidrIpv4: undefined,
  cidrIpv6: undefined,
  prefixListId: undefined,
  referencedSecurityGroupId: undefined,
  referencedSecurityGroupOwnerId: undefined,
  description: undefined,
  tags: undefined,
  tagsAll: undefined,
  region: undefined,
  securityGroupRuleId: undefined,
  arn: undefined,
};

function isDeclared(
  args: EgressRuleArgs | EgressGetArgs | undefined,
  opts: pulumi.CustomResourceOptions | undefined,
): args is EgressRuleArgs {
  return args !== undefined && opts?.id === undefined;
}

/** The inputs of a declared rule, and its warnings. */
function declare(args: EgressRuleArgs, name: string, opts: pulumi.CustomResourceOptions | undefined) {
  const { securityGroupId, referencedSecurityGroupId, silence, ...others } = args;
  const label = `EgressRule ${quoteName(name)}`;
  const rule = {
    ...others,
    securityGroupId: groupId(`${label}: securityGroupId`, securityGroupId),
    referencedSecurityGroupId: groupId(`${label}: referencedSecurityGroupId`, referencedSecurityGroupId),
  };
  const { region: _, adopt: __, ...declared } = rule;
  const urn = resourceUrn(TYPE, name, opts?.parent);
  const rules = [{ at: "", args: declared, silence: silenced(label, silence) }];
  const checked = checkInProgram({ label, urn, rules });
  const inputs = {
    ...rule,
    __program: checked.program,
    // If an argument is secret, so is its counterpart in state under another name.
    tagsAll: args.tags,
    fromPort: args.fromPort ?? secretLike(args.icmp),
    toPort: args.toPort ?? secretLike(args.icmp),
    prefixListId: args.prefixListId ?? secretLike(args.prefixListName),
    referencedSecurityGroupOwnerId:
      args.referencedSecurityGroupOwnerId ?? secretLike(rule.referencedSecurityGroupId),
    // Each property of a resource costs the program time, even an empty one.
    ...withoutUndefined({ __secrets: secretNames(rule) }),
    owner: stackName(),
  };
  const warnings = checked.warnings.map(
    ({ kind, text }) => `${text} (if intended, set silence: ["${kind}"])`,
  );
  return { inputs, warnings };
}
