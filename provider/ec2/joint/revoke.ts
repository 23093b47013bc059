import { RevokeSecurityGroupEgressCommand } from "@aws-sdk/client-ec2";
import { revokeRequest } from "../requests";
import { joinedByRule, type OfRule } from "./byRule";
import { lookUpTurns } from "./ruleById";
import { makeTurns } from "./turns";

/** Revokes a rule, with others of its group: those too that are yet being looked up, as every delete does first. */
export const revokeJointly = joinedByRule<{ readonly groupId: string }, OfRule>({
  send: ({ client }, { groupId }, rules) => {
    const ids = rules.map(({ id }) => id);
    return client.send(new RevokeSecurityGroupEgressCommand(revokeRequest(groupId, ids)));
  },
  turnsOf: (client) => makeTurns(lookUpTurns(client)),
});
