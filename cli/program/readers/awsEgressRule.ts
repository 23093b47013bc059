import type { Reader } from "../reader";
import { ruleOf } from "./egressRule";

export const awsEgressRule: Reader = {
  type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  isGroup: false,
  read: ({ inputs }) => ({ rules: [ruleOf(inputs)] }),
};
