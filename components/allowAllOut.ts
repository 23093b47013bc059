import type * as pulumi from "@pulumi/pulumi";
import { isBlank } from "../provider/rule/description";
import { quoteName } from "../provider/rule/failure";
import { isGiven } from "../provider/rule/record";
import { ALLOW_OUT_ARGUMENTS, AllowOut, type AllowOutArgs } from "./allowOut";
import { SERVICES } from "./catalogue";
import { checkKnown } from "./knownArguments";
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
 * Lets everything out of a group, on every protocol and port, to the destinations it names. Security scanners flag
 * it, so its description is required.
 *
 * ```ts
 * new AllowAllOut("appliance", { securityGroup: web, to: ["10.9.0.0/24"], description: "vendor appliance" });
 * ```
 */
export class AllowAllOut extends AllowOut {
  /** The name of the service in `SERVICES`. */
  static readonly service = "everything";

  constructor(name: string, args: AllowAllOutArgs, opts?: pulumi.ComponentResourceOptions) {
    const ports = SERVICES.everything.variants.all;
    const where = `AllowAllOut ${quoteName(name)}`;
    checkKnown(where, args, ALLOW_OUT_ARGUMENTS);
    checkDescribed(where, args?.description);
    // The description answers the warning that every port is open.
    const silence = args.silence ?? ["anywhere"];
    super(name, { ...args, silence, ports }, opts, "AllowAllOut");
  }
}

/** Refuses to let everything out without a description. */
export function checkDescribed(where: string, description: unknown): void {
  if (isGiven(description) && !(typeof description === "string" && isBlank(description))) return;
  refuse(where, "description", description, "say why everything may leave, for the next person who asks");
}
