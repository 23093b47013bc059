import * as pulumi from "@pulumi/pulumi";
import { EgressRuleSet } from "../provider/dynamic/egressRuleSet";
import type { EgressRuleSetArgs } from "../provider/dynamic/egressRuleSetArgs";
import { warnOfProviders } from "../provider/dynamic/explicitProvider";
import { type GroupReference, groupId } from "../provider/dynamic/groupReference";
import { refuseImport } from "../provider/dynamic/importOption";
import { quoteName } from "../provider/rule/failure";
import { checkKnown } from "./knownArguments";
import { rulesOf, type SaidIntent } from "./rules";

/** A component whose rules are one `EgressRuleSet`. */
export interface EgressComponent extends pulumi.ComponentResource {
  /** The rules by key, such as `tcp 443 to 10.0.0.0/16`. */
  readonly rules: EgressRuleSet["rules"];
  /** The ids of the rules, `sgr-…`, by key. */
  readonly ruleIds: EgressRuleSet["ruleIds"];
}

/** A component class, to be extended by a named class. */
export interface EgressComponentClass<Args> {
  /**
   * @param name the name of the component and of its `EgressRuleSet`
   * @param args the security group, and the traffic to allow
   * @param opts Pulumi's component resource options
   */
  new (name: string, args: Args, opts?: pulumi.ComponentResourceOptions): EgressComponent;
  /** Whether a value is a component of this class, from any copy of this package. */
  isInstance(value: unknown): value is EgressComponent;
}

/** What a component declares: the arguments of its set, with intents instead of rules. */
export interface Declared extends Omit<EgressRuleSetArgs, "securityGroupId" | "rules"> {
  readonly securityGroup: GroupReference;
  readonly intents: readonly SaidIntent[];
}

/**
 * Creates a component class.
 *
 * @param kind the name of the class
 * @param known the names of its arguments
 * @param declared returns what a component with these arguments declares
 */
export function component<Args extends object>(
  kind: string,
  known: readonly (keyof Args & string)[],
  declared: (where: string, args: Args) => Declared,
): EgressComponentClass<Args> {
  const type = `aws-egress:index:${kind}`;
  return class extends pulumi.ComponentResource implements EgressComponent {
    readonly rules: EgressRuleSet["rules"];
    readonly ruleIds: EgressRuleSet["ruleIds"];

    static override isInstance(value: unknown): value is EgressComponent {
      return pulumi.ComponentResource.isInstance(value) && pulumi.resourceType(value) === type;
    }

    constructor(name: string, args: Args, opts?: pulumi.ComponentResourceOptions) {
      super(type, name, {}, opts);
      const where = `${kind} ${quoteName(name)}`;
      refuseImport(where, opts, "true");
      warnOfProviders(this, opts);
      // The set accepts arguments that the component does not, and its errors name its own arguments.
      checkKnown(where, args, known);
      const { securityGroup, intents, ...others } = declared(where, { ...args });
      const securityGroupId = groupId(`${where}: securityGroup`, securityGroup);
      const set = new EgressRuleSet(
        name,
        { ...others, securityGroupId, rules: rulesOf(intents) },
        { parent: this },
      );
      this.rules = set.rules;
      this.ruleIds = set.ruleIds;
      this.registerOutputs({ rules: this.rules, ruleIds: this.ruleIds });
    }
  };
}
