import {
  AuthorizeSecurityGroupEgressCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
} from "@aws-sdk/client-ec2";
import { type RuleInputs, ruleTextOnGroup } from "../rule/rule";
import type { Tags } from "../rule/tags";
import { type Attempt, explain } from "./errors";
import type { MadeRule } from "./foundRule";
import { authorizeJointly } from "./joint/authorize";
import { modifyJointly } from "./joint/modify";
import { revokeJointly } from "./joint/revoke";
import { removeTagsJointly, setTagsJointly } from "./joint/tags";
import * as requests from "./requests";
import type { Target } from "./target";

/** Sent along, it makes EC2 say whether the call would be allowed, by an error either way. */
export interface DryRun {
  readonly DryRun?: true;
}

/** One call that changes a rule, made apart from its sending so that it can be sent as a dry run first. */
export interface Step<Answer = unknown> {
  readonly attempt: Attempt;
  /** Joins what else is asked of EC2 at the moment; a dry run goes alone. */
  readonly send: (dryRun?: DryRun) => Promise<Answer>;
}

/** A rule, and the group that its errors name. */
interface RuleOfGroup {
  readonly id: string;
  readonly groupId: string;
}

/** Sends a call; what fails is told as what it was for. */
export async function take<Answer>(step: Step<Answer>): Promise<Answer> {
  try {
    return await step.send();
  } catch (error) {
    throw explain(error, step.attempt);
  }
}

/** Makes a rule, with its mark; answers undefined where EC2 took it and does not say which one it is. */
export function authorizeStep(
  target: Target,
  inputs: RuleInputs,
  tags: Tags,
  owner: string | undefined,
): Step<MadeRule | undefined> {
  const { client, region } = target;
  const groupId = inputs.securityGroupId;
  return {
    attempt: {
      action: "AuthorizeSecurityGroupEgress",
      doing: `authorizing ${ruleTextOnGroup(inputs)}`,
      region,
    },
    send: async (dryRun) => {
      if (dryRun === undefined) return authorizeJointly(target, inputs, tags, owner);
      const request = requests.authorizeRequest(groupId, [inputs], tags, owner);
      await client.send(new AuthorizeSecurityGroupEgressCommand({ ...request, ...dryRun }));
      return undefined;
    },
  };
}

/**
 * Changes protocol, ports, the destination's value and the description; the rule keeps its id.
 *
 * Another rule of the same program that is yet what this one is to be gets out of its way.
 */
export function modifyStep(target: Target, id: string, inputs: RuleInputs, owner: string | undefined): Step {
  const groupId = inputs.securityGroupId;
  const request = requests.modifyRequest(groupId, [{ id, inputs }]);
  return {
    attempt: {
      action: "ModifySecurityGroupRules",
      doing: `changing rule ${id} to ${ruleTextOnGroup(inputs)}`,
      region: target.region,
    },
    send: (dryRun) =>
      dryRun
        ? target.client.send(new ModifySecurityGroupRulesCommand({ ...request, ...dryRun }))
        : modifyJointly(target, { groupId }, { id, inputs, owner }),
  };
}

export function setTagsStep(target: Target, { id, groupId }: RuleOfGroup, tags: Tags, owner?: string): Step {
  const request = requests.setTagsRequest([id], tags, owner);
  return {
    attempt: { action: "CreateTags", doing: `tagging rule ${id} on ${groupId}`, region: target.region },
    send: (dryRun) =>
      dryRun
        ? target.client.send(new CreateTagsCommand({ ...request, ...dryRun }))
        : setTagsJointly(target, { tags, owner }, { id }),
  };
}

export function removeTagsStep(target: Target, { id, groupId }: RuleOfGroup, keys: readonly string[]): Step {
  const request = requests.removeTagsRequest([id], keys);
  return {
    attempt: {
      action: "DeleteTags",
      doing: `removing tags of rule ${id} on ${groupId}`,
      region: target.region,
    },
    send: (dryRun) =>
      dryRun
        ? target.client.send(new DeleteTagsCommand({ ...request, ...dryRun }))
        : removeTagsJointly(target, { keys }, { id }),
  };
}

export function revokeStep(target: Target, id: string, groupId: string): Step {
  const request = requests.revokeRequest(groupId, [id]);
  return {
    attempt: {
      action: "RevokeSecurityGroupEgress",
      doing: `revoking rule ${id} on ${groupId}`,
      region: target.region,
    },
    send: (dryRun) =>
      dryRun
        ? target.client.send(new RevokeSecurityGroupEgressCommand({ ...request, ...dryRun }))
        : revokeJointly(target, { groupId }, { id }),
  };
}
