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
  /** The rules by what they are: `tcp 443 to 10.0.0.0/16`. */
  readonly rules: EgressRuleSet["rules"];
  /** The ids of the rules, `sgr-…`, by what they are. */
  readonly ruleIds: EgressRuleSet["ruleIds"];
}

/** A class of components, for a class that gives it its name to extend. */
export interface EgressComponentClass<Args> {
  /**
   * @param name the name of the component, and of the `EgressRuleSet` under it
   * @param args what may leave which group, and where it may go
   * @param opts the options of any Pulumi component
   */
  new (name: string, args: Args, opts?: pulumi.ComponentResourceOptions): EgressComponent;
  /** Whether a value is a component of this class, of whatever copy of this package. */
  isInstance(value: unknown): value is EgressComponent;
}

/** What a component declares: the arguments of its set, with intents in place of rules. */
export interface Declared extends Omit<EgressRuleSetArgs, "securityGroupId" | "rules"> {
  readonly securityGroup: GroupReference;
  readonly intents: readonly SaidIntent[];
}

/**
 * A class of components.
 *
 * @param kind the name of the class
 * @param known the names of its arguments
 * @param declared what it declares with its arguments, which JavaScript may leave out
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
      // A set would take some that are not of this, and names others in its words.
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
