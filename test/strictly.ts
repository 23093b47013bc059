/**
 * A test that needs the strict emulator, skipped on others: they lack canonical forms, the answer for many rules,
 * owners of groups, quotas, refusals, and descriptions of groups and prefix lists.
 */
export const strictly = process.env.EC2_ENDPOINT === undefined ? test : test.skip;
