import * as pulumi from "@pulumi/pulumi";
import type { IcmpTypeName } from "../rule/icmp";
import { type GroupReference, groupId } from "./groupReference";
import { ownershipMark } from "./ownershipMark";
import { alsoWrong } from "./programCheck";

const TYPE = "pulumi-nodejs:dynamic/aws-egress:EgressRule";

/** All the code that state holds. It never changes: what it calls by name does. */
const PROVIDER = 'exports.handler = () => require("pulumi-aws-egress/handlers").egressRule;';

/**
 * One outbound rule of one security group.
 *
 * The arguments are those of `aws.vpc.SecurityGroupEgressRule`, with `icmp`, `adopt`,
 * `prefixListName` and `referencedSecurityGroupOwnerId` beside them. Bad arguments fail at `pulumi preview`, all of them at once.
 * Another spelling of the same rule (`100.68.0.18/18` for `100.68.0.0/18`, `6` for `tcp`) is no change; another
 * group or kind of destination replaces the rule; everything else changes it in place.
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
  /** The first port, or the ICMP type; none where the protocol has no ports. */
  declare readonly fromPort: pulumi.Output<number | undefined>;
  /** The last port, or the ICMP code; none where the protocol has no ports. */
  declare readonly toPort: pulumi.Output<number | undefined>;
  /** The destination, if it is an IPv4 range, in canonical form. */
  declare readonly cidrIpv4: pulumi.Output<string | undefined>;
  /** The destination, if it is an IPv6 range, in canonical form. */
  declare readonly cidrIpv6: pulumi.Output<string | undefined>;
  /** The destination, if it is a prefix list. */
  declare readonly prefixListId: pulumi.Output<string | undefined>;
  /** The destination, if it is a security group. */
  declare readonly referencedSecurityGroupId: pulumi.Output<string | undefined>;
  /** The account of the destination, if it is a group of another. */
  declare readonly referencedSecurityGroupOwnerId: pulumi.Output<string | undefined>;
  declare readonly description: pulumi.Output<string | undefined>;
  /** The tags declared on this rule. */
  declare readonly tags: pulumi.Output<{ [key: string]: string } | undefined>;
  /** The tags declared on this rule and those of `aws:defaultTags`. */
  declare readonly tagsAll: pulumi.Output<{ [key: string]: string }>;
  /** The Region of the group. */
  declare readonly region: pulumi.Output<string>;
  /** The id that EC2 gave the rule, `sgr-…`; the same as the resource's `id`. */
  declare readonly securityGroupRuleId: pulumi.Output<string>;
  /** The ARN of the rule. */
  declare readonly arn: pulumi.Output<string>;

  /**
   * Reads an existing rule without managing it.
   *
   * ```ts
   * const toLan = EgressRule.get("to-lan", "sgr-0123456789abcdef0");
   * ```
   *
   * @param name the name of the resource in this program
   * @param id the id of the rule, `sgr-…`
   * @param state its `region`, where that is not the stack's; the rest is read from EC2
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: EgressRuleState,
    opts?: pulumi.CustomResourceOptions,
  ): EgressRule {
    return new EgressRule(name, state, { ...opts, id });
  }

  constructor(name: string, args: EgressRuleArgs, opts?: pulumi.CustomResourceOptions);
  /** For `get`, which reads the arguments from EC2. */
  constructor(
    name: string,
    state: EgressRuleState | undefined,
    opts: pulumi.CustomResourceOptions & { readonly id: pulumi.Input<pulumi.ID> },
  );
  constructor(
    name: string,
    args: EgressRuleArgs | EgressRuleState | undefined,
    opts?: pulumi.CustomResourceOptions,
  ) {
    const inputs = isDeclared(args) ? inputsOf(args, name, opts) : { region: args?.region };
    super(TYPE, name, { ...NO_OUTPUTS, ...inputs, __provider: PROVIDER }, opts);
  }
}

/** Every property that is not given must still be named, to become an Output. */
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

function isDeclared(args: EgressRuleArgs | EgressRuleState | undefined): args is EgressRuleArgs {
  return args !== undefined && "ipProtocol" in args;
}

function inputsOf(args: EgressRuleArgs, name: string, opts: pulumi.CustomResourceOptions | undefined) {
  const { securityGroupId, referencedSecurityGroupId, ...others } = args;
  const rule = {
    ...others,
    securityGroupId: groupId(securityGroupId),
    referencedSecurityGroupId: groupId(referencedSecurityGroupId),
  };
  const { region: _, adopt: __, ...checked } = rule;
  return {
    ...rule,
    __alsoWrong: alsoWrong(`EgressRule "${name}"`, checked),
    // Where the declared tags are secret, the engine then takes all tags for secret too.
    tagsAll: args.tags,
    owner: ownershipMark(TYPE, name, opts),
  };
}

/** What `EgressRule.get` needs to know of a rule beside its id. */
export interface EgressRuleState {
  /**
   * The Region of the group.
   *
   * @default the stack's
   * @example "eu-west-1"
   */
  region?: pulumi.Input<string | undefined>;
}

/**
 * The arguments of an `EgressRule`.
 *
 * Give exactly one destination: `cidrIpv4`, `cidrIpv6`, `prefixListId` (or `prefixListName`), or
 * `referencedSecurityGroupId`.
 */
export interface EgressRuleArgs {
  /**
   * The security group: its id, an Output of it, or anything with an `id` output.
   *
   * @example web.id
   */
  securityGroupId: GroupReference;
  /**
   * `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number from 0 to 255, or `-1` for all; names in any case.
   *
   * @example "tcp"
   */
  ipProtocol: pulumi.Input<string | number>;
  /**
   * The first port (0 to 65535); for `icmp` and `icmpv6` the type (-1 for all).
   *
   * Needed for `tcp`, `udp` and `icmp`. Ignored for `-1` and other protocol numbers, as EC2 does.
   *
   * @default all types for `icmpv6`, none for protocols without ports
   * @example 443
   */
  fromPort?: pulumi.Input<number | string | undefined>;
  /**
   * The last port (0 to 65535); for `icmp` and `icmpv6` the code (-1 for all).
   *
   * @default all codes for `icmpv6`, none for protocols without ports
   * @example 443
   */
  toPort?: pulumi.Input<number | string | undefined>;
  /**
   * The ICMP type and code, in place of `fromPort` and `toPort`.
   *
   * @default none
   * @example { type: "echo-request", code: 0 }
   */
  icmp?: pulumi.Input<IcmpArgs | undefined>;
  /**
   * An IPv4 range as the destination, with a prefix length. Host bits are masked, as EC2 does.
   *
   * @default none
   * @example "10.0.0.0/16"
   */
  cidrIpv4?: pulumi.Input<string | undefined>;
  /**
   * An IPv6 range as the destination, with a prefix length, in any spelling.
   *
   * @default none
   * @example "2001:db8::/32"
   */
  cidrIpv6?: pulumi.Input<string | undefined>;
  /**
   * A prefix list as the destination.
   *
   * @default none
   * @example "pl-0123456789abcdef0"
   */
  prefixListId?: pulumi.Input<string | undefined>;
  /**
   * A prefix list as the destination, by its name, in which `{region}` stands for the Region of the rule. It is looked
   * up at preview (ec2:DescribeManagedPrefixLists), and the rule holds the list's id.
   *
   * @default none
   * @example "com.amazonaws.{region}.s3"
   */
  prefixListName?: pulumi.Input<string | undefined>;
  /**
   * A security group as the destination: its id, an Output of it, or anything with an `id` output. For another
   * account's group also as `123456789012/sg-…`.
   *
   * @default none
   * @example database.id
   */
  referencedSecurityGroupId?: GroupReference | pulumi.Input<string | undefined>;
  /**
   * The account of `referencedSecurityGroupId`, where it is another's, as over a VPC peering.
   *
   * @default the account of the group
   * @example "123456789012"
   */
  referencedSecurityGroupOwnerId?: pulumi.Input<string | undefined>;
  /**
   * Why the rule is there: up to 255 characters of `a-zA-Z0-9`, space and `._-:/()#,@[]+=&;{}!$*`; `&` only where
   * the destination is a CIDR.
   *
   * @default none
   * @example "package updates"
   */
  description?: pulumi.Input<string | undefined>;
  /**
   * Tags of the rule: keys up to 127 characters, values up to 256, 49 at most.
   *
   * @default those of `aws:defaultTags`
   * @example { Team: "web" }
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> } | undefined>;
  /**
   * The Region of the group. Another Region replaces the rule.
   *
   * @default `aws:region`, `AWS_REGION`, `AWS_DEFAULT_REGION`, or that of the profile
   * @example "eu-west-1"
   */
  region?: pulumi.Input<string | undefined>;
  /**
   * Takes over a rule that EC2 already has, instead of failing on the duplicate: with `true` one without an owner
   * or of this stack, with the id of a rule that one, whoever owns it. Its description and tags become what is
   * declared here. Where there is no such rule, one is made.
   *
   * @default false
   * @example "sgr-0123456789abcdef0"
   */
  adopt?: pulumi.Input<boolean | string | undefined>;
}

/** An ICMP type, by number or name, and a code of it. */
export interface IcmpArgs {
  /**
   * The type: 0 to 255, -1 or `"all"` for every type, or a name.
   *
   * @example "echo-request"
   */
  type: pulumi.Input<number | IcmpTypeName>;
  /**
   * The code: 0 to 255, or -1 for every code.
   *
   * @default -1
   * @example 0
   */
  code?: pulumi.Input<number | undefined>;
}
