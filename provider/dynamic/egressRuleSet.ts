import * as pulumi from "@pulumi/pulumi";
import { eachDestination } from "../rule/eachDestination";
import { quoteName } from "../rule/failure";
import { isRecord } from "../rule/record";
import type { Strangers } from "../rule/strangers";
import type { DeclaredRule } from "./declaredRules";
import type { EgressGetArgs, SetRuleArgs, SetRulesArgs } from "./egressRuleArgs";
import type { EgressRuleSetArgs, SetRuleOutput } from "./egressRuleSetArgs";
import { refuseProvider } from "./explicitProvider";
import { groupId } from "./groupReference";
import { refuseImport } from "./importOption";
import { isLater, knownPart } from "./later";
import { checkInProgram } from "./programCheck";
import { providerLine } from "./providerLine";
import { refuseOutOfReach } from "./refuseOutOfReach";
import { resourceUrn } from "./resourceUrn";
import { asSecretAs, inKeys, secretLike, secretNames } from "./secrets";
import { silenced } from "./silenced";
import { stackName } from "./stackName";

const TYPE = "pulumi-nodejs:dynamic/aws-egress:EgressRuleSet";

/**
 * The outbound rules of one security group, or with `exclusive` all of them, as one resource.
 *
 * Hundreds of rules take a few calls. `pulumi preview` and `pulumi up` each tell in one line what changes:
 * `web: + tcp 22 to 0.0.0.0/0, - tcp 443 to 192.0.2.0/24, 1 description`; `pulumi preview --diff` shows every rule. Rules
 * are matched by identity: a rule that stays keeps its id, and so does one that another resource of the stack had. New
 * rules are created before old ones are revoked, unless the group's quota has no room for both. A rule that another resource
 * of the program declares is released, not revoked.
 *
 * ```ts
 * new EgressRuleSet("web", {
 *   securityGroupId: web.id,
 *   exclusive: true,
 *   rules: [
 *     { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16", description: "updates" },
 *     { ipProtocol: "tcp", fromPort: 5432, toPort: 5432, referencedSecurityGroupId: database.id },
 *   ],
 * });
 * ```
 */
export class EgressRuleSet extends pulumi.CustomResource {
  /** The id of the group whose outbound rules these are; also the resource's `id`. */
  declare readonly securityGroupId: pulumi.Output<string>;
  /** The rules by their text: `tcp 443 to 10.0.0.0/16`. */
  declare readonly rules: pulumi.Output<{ readonly [rule: string]: SetRuleOutput }>;
  /** The ids of the rules, `sgr-…`, by the rules' text. */
  declare readonly ruleIds: pulumi.Output<{ readonly [rule: string]: string }>;
  /** Whether the group may have only these rules. */
  declare readonly exclusive: pulumi.Output<boolean | undefined>;
  /** What happens to rules of the group that the set does not declare, if `strangers` is specified. */
  declare readonly strangers: pulumi.Output<Strangers | undefined>;
  /** The tags declared on the set; every rule has them unless its own tag with the same key takes precedence. */
  declare readonly tags: pulumi.Output<{ readonly [key: string]: string } | undefined>;
  /** The Region of the group. */
  declare readonly region: pulumi.Output<string>;

  /**
   * Reads the outbound rules of a group without managing them; fails if the group does not exist.
   *
   * ```ts
   * const rules = EgressRuleSet.get("web", "sg-0123456789abcdef0").rules;
   * ```
   *
   * @param name the name of the resource in this program
   * @param id the id of the group, `sg-…`
   * @param state its `region`, if it is not the stack's
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: EgressGetArgs,
    opts?: pulumi.CustomResourceOptions,
  ): EgressRuleSet {
    return new EgressRuleSet(name, state, { ...opts, id });
  }

  /** Whether a value is an `EgressRuleSet`, from any copy of this package. */
  static override isInstance(value: unknown): value is EgressRuleSet {
    return pulumi.CustomResource.isInstance(value) && pulumi.resourceType(value) === TYPE;
  }

  constructor(name: string, args: EgressRuleSetArgs, opts?: pulumi.CustomResourceOptions);
  /** @internal For `get`, which reads the arguments from EC2. */
  constructor(
    name: string,
    state: EgressGetArgs | undefined,
    opts: pulumi.CustomResourceOptions & { readonly id: pulumi.Input<pulumi.ID> },
  );
  constructor(
    name: string,
    args: EgressRuleSetArgs | EgressGetArgs | undefined,
    opts?: pulumi.CustomResourceOptions,
  ) {
    const label = `EgressRuleSet ${quoteName(name)}`;
    refuseOutOfReach(label);
    refuseImport(label, opts, "true");
    const { inputs, warnings } = isDeclared(args, opts)
      ? declare(args, name, opts)
      : { inputs: { region: args?.region }, warnings: [] };
    super(TYPE, name, { ...NO_OUTPUTS, ...inputs, __provider: providerLine("egressRuleSet") }, opts);
    refuseProvider(label, opts);
    // A warning waits for its resource, and a program for its warnings: warn after registration.
    if (warnings.length > 0) this.urn.apply(() => warnings.map((warning) => pulumi.log.warn(warning, this)));
  }
}

/** A property becomes an Output only if it is named, so name those that are not given, too. */
const NO_OUTPUTS = {
  securityGroupId: undefined,
  rules: undefined,
  ruleIds: undefined,
  exclusive: undefined,
  strangers: undefined,
  tags: undefined,
  region: undefined,
};

function isDeclared(
  args: EgressRuleSetArgs | EgressGetArgs | undefined,
  opts: pulumi.CustomResourceOptions | undefined,
): args is EgressRuleSetArgs {
  return args !== undefined && opts?.id === undefined;
}

type AnyRuleArgs = SetRuleArgs | SetRulesArgs;

/** The inputs of a declared set, and its warnings. */
function declare(args: EgressRuleSetArgs, name: string, opts: pulumi.CustomResourceOptions | undefined) {
  const label = `EgressRuleSet ${quoteName(name)}`;
  const securityGroupId = groupId(`${label}: securityGroupId`, args.securityGroupId);
  const urn = resourceUrn(TYPE, name, opts?.parent);
  // Leave what is not a list, or not a record in it, for check to refuse.
  const plain = (rule: AnyRuleArgs, place: number) =>
    isPlain(rule) ? plainRule(`${label}: rules[${place}]`, rule) : rule;
  const rules = isLater(args.rules)
    ? pulumi.output(args.rules).apply((later) => (Array.isArray(later) ? later.map(plain) : later))
    : Array.isArray(args.rules)
      ? args.rules.map(plain)
      : args.rules;
  const declared = (Array.isArray(args.rules) ? args.rules : []).flatMap((rule: AnyRuleArgs, place) =>
    isPlain(rule) ? declaredRules(`${label}: rules[${place}]`, rule, { place, securityGroupId }) : [],
  );
  const checked = checkInProgram({ label, urn, rules: declared, sharedGroup: securityGroupId });
  const inputs = {
    ...args,
    securityGroupId,
    // State keeps a tag that is on its way out among the rules.
    rules: asSecretAs(args.tags, rules),
    __program: checked.program,
    owner: stackName(),
    // If the rules are secret, so are values keyed by their text. The ids are unknown before `up`.
    ruleIds: secretLike(inKeys(rules), () =>
      pulumi.runtime.isDryRun() ? pulumi.output(pulumi.unknown) : {},
    ),
    listWeights: secretLike(inKeys(rules), () => ({})),
    __secrets: secretNames({ ...args, securityGroupId, rules }),
  };
  const warnings = checked.warnings.map(
    ({ kind, text }) => `${text} (if intended, set silence: ["${kind}"])`,
  );
  return { inputs, warnings };
}

/** The rules that one rule of a set expands to, as far as they are known now. */
function declaredRules(
  where: string,
  rule: AnyRuleArgs,
  { place, securityGroupId }: { readonly place: number; readonly securityGroupId: pulumi.Input<string> },
): DeclaredRule[] {
  const silence = silenced(where, rule.silence);
  const args = { ...plainRule(where, rule), securityGroupId, to: knownPart(rule.to) };
  return eachDestination(args).map(({ failures: _, ...one }) => ({
    at: `rules[${place}].`,
    silence,
    ...one,
  }));
}

function isPlain(rule: unknown): rule is AnyRuleArgs {
  return isRecord(rule) && !isLater(rule);
}

function plainRule(where: string, rule: AnyRuleArgs) {
  const { referencedSecurityGroupId: group, silence: _, ...others } = rule;
  return { ...others, referencedSecurityGroupId: groupId(`${where}.referencedSecurityGroupId`, group) };
}
