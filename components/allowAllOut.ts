import type * as pulumi from "@pulumi/pulumi";
import { isBlank } from "../provider/rule/description";
import { isGiven } from "../provider/rule/record";
import { ALLOW_OUT_ARGUMENTS, type AllowOutArgs, allowing } from "./allowOut";
import { SERVICES } from "./catalogue";
import { component } from "./component";
import { refuse } from "./shape";

/** The arguments of `AllowAllOut`. */
export interface AllowAllOutArgs extends AllowOutArgs {
  /**
   * The description of the rules: why the group needs to allow all traffic. Required.
   *
   * @example "vendor appliance, see its manual"
   */
  description: pulumi.Input<string>;
}

/**
 * Allows all outbound traffic, on every protocol and port, to the specified destinations. Security scanners flag such
 * rules, so the description is required.
 *
 * ```ts
 * new AllowAllOut("appliance", { securityGroup: web, to: "10.9.0.0/24", description: "vendor appliance" });
 * ```
 */
export class AllowAllOut extends component<AllowAllOutArgs>(
  "AllowAllOut",
  ALLOW_OUT_ARGUMENTS,
  (where, args) => {
    checkDescribed(where, args.description);
    // The required description makes the warning about all traffic unnecessary.
    const { silence = ["anywhere"] } = args;
    return allowing(where, { ...args, silence, ports: SERVICES.everything.variants.all });
  },
) {
  /** The name of the service in `SERVICES`. */
  static readonly service = "everything";
}

/** Fails the program if it allows all traffic without a description. */
export function checkDescribed(where: string, description: unknown): void {
  if (isGiven(description) && !(typeof description === "string" && isBlank(description))) return;
  refuse(where, "description", description, "specify why the group needs to allow all traffic");
}
