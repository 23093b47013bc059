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
   * Why everything may leave: the description of the rules, for the next person who asks.
   *
   * @example "vendor appliance, see its manual"
   */
  description: pulumi.Input<string>;
}

/**
 * Allows everything out of a group, on every protocol and port, to the destinations it specifies. Security scanners flag
 * it, so its description is required.
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
    // The description answers the warning that every port is open.
    const { silence = ["anywhere"] } = args;
    return allowing(where, { ...args, silence, ports: SERVICES.everything.variants.all });
  },
) {
  /** The name of the service in `SERVICES`. */
  static readonly service = "everything";
}

/** Refuses to allow everything without a description. */
export function checkDescribed(where: string, description: unknown): void {
  if (isGiven(description) && !(typeof description === "string" && isBlank(description))) return;
  refuse(where, "description", description, "say why everything may leave, for the next person who asks");
}
