import type * as pulumi from "@pulumi/pulumi";
import { isBlank } from "../provider/rule/description";
import { quoteName } from "../provider/rule/failure";
import { isGiven } from "../provider/rule/record";
import { ALLOW_OUT_ARGUMENTS, AllowOut, type AllowOutArgs } from "./allowOut";
import { SERVICES } from "./catalogue";
import { checkKnown } from "./knownArguments";
import { refuse } from "./shape";

/** The arguments of `AllowAllOut`. */
export interface AllowAllOutArgs extends Omit<AllowOutArgs, "description"> {
  /**
   * Why everything may leave: the description of the rules, for the next person who asks.
   *
   * @example "vendor appliance, see its manual"
   */
  reason: pulumi.Input<string>;
}

/**
 * Lets everything out of a group, on every protocol and port, to the destinations it names. Security scanners flag
 * it, so it asks for a reason.
 *
 * ```ts
 * new AllowAllOut("appliance", { securityGroup: web, to: ["10.9.0.0/24"], reason: "vendor appliance" });
 * ```
 */
export class AllowAllOut extends AllowOut {
  /** The name of the service in `SERVICES`. */
  static readonly service = "everything";

  /** @param args those of every component, but with a reason in place of the description */
  constructor(name: string, args: AllowAllOutArgs, opts?: pulumi.ComponentResourceOptions) {
    const { reason, ...others } = { ...args };
    const ports = SERVICES.everything.variants.all;
    const where = `AllowAllOut ${quoteName(name)}`;
    checkKnown(where, args, [...WITHOUT_DESCRIPTION, "reason"]);
    checkReason(where, reason);
    // The reason is the answer to the warning that every port is open.
    const silence = others.silence ?? ["anywhere"];
    super(name, { ...others, silence, description: reason, ports }, opts, "AllowAllOut");
  }
}

const WITHOUT_DESCRIPTION = ALLOW_OUT_ARGUMENTS.filter((known) => known !== "description");

/** What lets everything out is not to be without a reason. */
export function checkReason(where: string, reason: unknown): void {
  if (isGiven(reason) && !(typeof reason === "string" && isBlank(reason))) return;
  refuse(where, "reason", reason, "say why everything may leave, for the next person who asks");
}
