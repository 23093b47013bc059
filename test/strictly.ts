/**
 * A test of what other emulators than the strict one do not do, where it stands as skipped: canonical forms, the answer
 * of many rules, whose a group is, quotas, refusals, and descriptions of groups and prefix lists.
 */
export const strictly = process.env.EC2_ENDPOINT === undefined ? test : test.skip;
