import type { Reader } from "../reader";
import { rulesOf } from "./awsGroup";
import { inLine } from "./inLine";

/** `aws.ec2.DefaultSecurityGroup`: it takes away every rule that it does not say, and its deletion leaves all as it is. */
export const awsDefaultGroup: Reader = {
  type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  isGroup: true,
  isLeftBehind: true,
  read: ({ inputs }) => ({ rules: inLine("egress", inputs.egress, rulesOf) }),
};
