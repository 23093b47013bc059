/** EC2's actions on outbound rules, by their request names. */
export const AUTHORIZE = "AuthorizeSecurityGroupEgress";
export const DESCRIBE = "DescribeSecurityGroupRules";
export const MODIFY = "ModifySecurityGroupRules";
export const REVOKE = "RevokeSecurityGroupEgress";
