import type * as pulumi from "@pulumi/pulumi";
import type { RuleArgs, SetRuleArgs } from "../../index";

/** A rule of a set: one port of an IPv4 range. */
export function tcp(port: number, cidrIpv4: pulumi.Input<string>, more: Partial<RuleArgs> = {}): SetRuleArgs {
  return { ipProtocol: "tcp", fromPort: port, toPort: port, cidrIpv4, ...more };
}

/** HTTPS rules to this many networks. */
export function many(count: number): SetRuleArgs[] {
  return Array.from({ length: count }, (_, place) => tcp(443, `10.${place}.0.0/16`));
}
