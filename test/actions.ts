/** The actions of EC2 on outbound rules, by their names in requests. */
export const AUTHORIZE = "AuthorizeSecurityGroupEgress";
export const DESCRIBE = "DescribeSecurityGroupRules";
export const MODIFY = "ModifySecurityGroupRules";
export const REVOKE = "RevokeSecurityGroupEgress";
