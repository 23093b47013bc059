import {
  AuthorizeSecurityGroupEgressCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  UpdateSecurityGroupRuleDescriptionsEgressCommand,
} from "@aws-sdk/client-ec2";
import { type RuleInputs, ruleTextOnGroup } from "../rule/rule";
import type { Tags } from "../rule/tags";
import { type Attempt, explain } from "./errors";
import { type MadeRule, madeRule } from "./foundRule";
import * as requests from "./requests";
import type { Target } from "./target";

/** Sent along, it makes EC2 say whether the call would be allowed, by an error either way. */
export interface DryRun {
  readonly DryRun?: true;
}

/** One call that changes a rule, made apart from its sending so that it can be sent as a dry run first. */
export interface Step<Answer = unknown> {
  readonly attempt: Attempt;
  readonly send: (dryRun?: DryRun) => Promise<Answer>;
}

/** Sends a call; what fails is told as what it was for. */
export async function take<Answer>(step: Step<Answer>): Promise<Answer> {
  try {
    return await step.send();
  } catch (error) {
    throw explain(error, step.attempt);
  }
}

/** Makes a rule; answers undefined where EC2 took it and does not say which one it is. */
export function authorizeStep(
  { client, region }: Target,
  inputs: RuleInputs,
  tags: Tags,
  owner: string | undefined,
): Step<MadeRule | undefined> {
  const request = requests.authorizeRequest(inputs.securityGroupId, [inputs], tags, owner);
  return {
    attempt: {
      action: "AuthorizeSecurityGroupEgress",
      doing: `authorizing ${ruleTextOnGroup(inputs)}`,
      region,
    },
    send: async (dryRun) => {
      const answer = await client.send(new AuthorizeSecurityGroupEgressCommand({ ...request, ...dryRun }));
      const [rule] = answer.SecurityGroupRules ?? [];
      return rule && madeRule(rule, region);
    },
  };
}

/** Changes protocol, ports, the destination's value and the description; the rule keeps its id. */
export function modifyStep({ client, region }: Target, ruleId: string, inputs: RuleInputs): Step {
  const request = requests.modifyRequest(inputs.securityGroupId, [{ id: ruleId, inputs }]);
  const doing = `changing rule ${ruleId} to ${ruleTextOnGroup(inputs)}`;
  return {
    attempt: { action: "ModifySecurityGroupRules", doing, region },
    send: (dryRun) => client.send(new ModifySecurityGroupRulesCommand({ ...request, ...dryRun })),
  };
}

/** Changes the description alone, or removes it. */
export function describeStep({ client, region }: Target, ruleId: string, inputs: RuleInputs): Step {
  const request = requests.describeRequest(inputs.securityGroupId, [{ id: ruleId, inputs }]);
  const doing = `describing rule ${ruleId}, ${ruleTextOnGroup(inputs)}`;
  return {
    attempt: { action: "UpdateSecurityGroupRuleDescriptionsEgress", doing, region },
    send: (dryRun) =>
      client.send(new UpdateSecurityGroupRuleDescriptionsEgressCommand({ ...request, ...dryRun })),
  };
}

export function setTagsStep({ client, region }: Target, ruleId: string, tags: Tags, owner?: string): Step {
  const request = requests.setTagsRequest([ruleId], tags, owner);
  return {
    attempt: { action: "CreateTags", doing: `tagging rule ${ruleId}`, region },
    send: (dryRun) => client.send(new CreateTagsCommand({ ...request, ...dryRun })),
  };
}

export function removeTagsStep({ client, region }: Target, ruleId: string, keys: readonly string[]): Step {
  const request = requests.removeTagsRequest([ruleId], keys);
  return {
    attempt: { action: "DeleteTags", doing: `removing tags of rule ${ruleId}`, region },
    send: (dryRun) => client.send(new DeleteTagsCommand({ ...request, ...dryRun })),
  };
}

export function revokeStep({ client, region }: Target, ruleId: string, securityGroupId: string): Step {
  const request = requests.revokeRequest(securityGroupId, [ruleId]);
  return {
    attempt: {
      action: "RevokeSecurityGroupEgress",
      doing: `revoking rule ${ruleId} on ${securityGroupId}`,
      region,
    },
    send: (dryRun) => client.send(new RevokeSecurityGroupEgressCommand({ ...request, ...dryRun })),
  };
}
