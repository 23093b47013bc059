/**
 * A test of what plain moto does not do, where it stands as skipped: canonical forms, ICMPv6, protocols without ports,
 * prefix lists, and descriptions by rule id.
 */
export const strictly = process.env.EC2_ENDPOINT === "plain" ? test.skip : test;
