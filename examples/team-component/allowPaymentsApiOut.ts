import * as pulumi from "@pulumi/pulumi";
import { AllowOut, type GroupReference, Port } from "pulumi-aws-egress";

/** The ranges that the payments company publishes. */
const RANGES = {
  sandbox: ["198.51.100.0/28"],
  live: ["203.0.113.0/26", "203.0.113.128/26"],
} as const;

export interface AllowPaymentsApiOutArgs {
  /** The group of the servers that take payments. */
  securityGroup: GroupReference;
  /** The company's environment. There is no default, because `live` moves money. */
  environment: keyof typeof RANGES;
}

/** Lets a group call the payments API: TCP 8443 to the company's ranges. */
export class AllowPaymentsApiOut extends pulumi.ComponentResource {
  /** The ids of the rules. */
  readonly ruleIds: AllowOut["ruleIds"];

  constructor(name: string, args: AllowPaymentsApiOutArgs, opts?: pulumi.ComponentResourceOptions) {
    super("acme:network:AllowPaymentsApiOut", name, {}, opts);
    const { securityGroup, environment } = args;
    const rules = new AllowOut(
      name,
      {
        securityGroup,
        to: RANGES[environment],
        ports: Port.tcp(8443),
        description: `payments API (${environment})`,
      },
      { parent: this },
    );
    this.ruleIds = rules.ruleIds;
    this.registerOutputs({ ruleIds: this.ruleIds });
  }
}
