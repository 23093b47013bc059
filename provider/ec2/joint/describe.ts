import { UpdateSecurityGroupRuleDescriptionsEgressCommand } from "@aws-sdk/client-ec2";
import { describeRequest, type RuleUpdate } from "../requests";
import { joinedByRule } from "./byRule";

/** Changes the description of a rule, with those of others of its group. */
export const describeJointly = joinedByRule<{ readonly groupId: string }, RuleUpdate>({
  send: ({ client }, { groupId }, updates) =>
    client.send(new UpdateSecurityGroupRuleDescriptionsEgressCommand(describeRequest(groupId, updates))),
});
