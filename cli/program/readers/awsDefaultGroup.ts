import type { Reader } from "../reader";
import { rulesOf } from "./awsGroup";
import { inLine } from "./inLine";

/** `aws.ec2.DefaultSecurityGroup` revokes every rule that it does not specify. A delete leaves all rules in place. */
export const awsDefaultGroup: Reader = {
  type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  isGroup: true,
  isLeftBehind: true,
  read: ({ inputs }) => ({ rules: inLine("egress", inputs.egress, rulesOf) }),
};
