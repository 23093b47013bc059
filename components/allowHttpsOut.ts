import type * as pulumi from "@pulumi/pulumi";
import { type AllowOutArgs, AllowService } from "./allowService";
import { SERVICES } from "./catalogue";

/**
 * Lets HTTPS (tcp 443) out of a security group, to the destinations it names and nowhere else.
 *
 * It makes one `EgressRule` for each destination, named by what it is: `web-tcp-443-10.0.0.0/16`.
 *
 * ```ts
 * new AllowHttpsOut("web", { securityGroup: web, to: ["10.0.0.0/16", database], description: "updates" });
 * ```
 */
export class AllowHttpsOut extends AllowService {
  constructor(name: string, args: AllowOutArgs, opts?: pulumi.ComponentResourceOptions) {
    super(SERVICES.https, name, args, opts);
  }
}
