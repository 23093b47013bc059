import {
  AuthorizeSecurityGroupEgressCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { identity } from "../rule/identity";
import type { PlanStep, WantedRule } from "../rule/plan/planStep";
import { ruleOf, ruleText } from "../rule/rule";
import { EgressError } from "./errors";
import { foundRule } from "./foundRule";
import * as requests from "./requests";
import type { DryRun, Step } from "./steps";
import type { Target } from "./target";

/** The ids of the rules that a request made, in the order in which it asked for them; undefined for what is not told. */
export type MadeIds = readonly (string | undefined)[];

/** A step of a plan as the call that it is. */
export function callOf({ client, region }: Target, groupId: string, step: PlanStep): Step<MadeIds> {
  const call = (action: string, doing: string, send: (dryRun?: DryRun) => Promise<MadeIds>) => ({
    attempt: { action, doing: `${doing} on ${groupId}`, region },
    send,
  });
  const nothingMade = async (sent: Promise<unknown>) => {
    await sent;
    return [];
  };
  switch (step.action) {
    case "authorize": {
      const request = requests.authorizeRequest(
        groupId,
        step.rules.map(({ inputs }) => inputs),
        step.tags,
        undefined,
      );
      const doing = `authorizing ${rulesText(step.rules.map(({ inputs }) => ruleText(ruleOf(inputs))))}`;
      return call("AuthorizeSecurityGroupEgress", doing, async (dryRun) => {
        const answer = await client.send(new AuthorizeSecurityGroupEgressCommand({ ...request, ...dryRun }));
        return idsOf(step.rules, answer.SecurityGroupRules ?? [], region);
      });
    }
    case "modify": {
      const request = requests.modifyRequest(groupId, step.updates);
      const texts = step.updates.map(({ id, inputs }) => `${id} to ${ruleText(ruleOf(inputs))}`);
      return call("ModifySecurityGroupRules", `changing ${byId(texts)}`, (dryRun) =>
        nothingMade(client.send(new ModifySecurityGroupRulesCommand({ ...request, ...dryRun }))),
      );
    }
    case "describe": {
      const request = requests.modifyRequest(groupId, step.updates);
      const texts = step.updates.map(({ id, inputs }) => `${id}, ${ruleText(ruleOf(inputs))}`);
      return call("ModifySecurityGroupRules", `describing ${byId(texts)}`, (dryRun) =>
        nothingMade(client.send(new ModifySecurityGroupRulesCommand({ ...request, ...dryRun }))),
      );
    }
    case "setTags": {
      const request = requests.setTagsRequest(step.ids, step.tags, undefined);
      return call("CreateTags", `tagging ${byId(step.ids)}`, (dryRun) =>
        nothingMade(client.send(new CreateTagsCommand({ ...request, ...dryRun }))),
      );
    }
    case "removeTags": {
      const request = requests.removeTagsRequest(step.ids, step.keys);
      return call("DeleteTags", `removing tags of ${byId(step.ids)}`, (dryRun) =>
        nothingMade(client.send(new DeleteTagsCommand({ ...request, ...dryRun }))),
      );
    }
    case "revoke": {
      const request = requests.revokeRequest(groupId, step.ids);
      return call("RevokeSecurityGroupEgress", `revoking ${byId(step.ids)}`, (dryRun) =>
        nothingMade(client.send(new RevokeSecurityGroupEgressCommand({ ...request, ...dryRun }))),
      );
    }
  }
}

/** In the words of a single rule's errors, where it is one. */
function byId(texts: readonly string[]): string {
  return `${texts.length === 1 ? "rule" : "rules"} ${rulesText(texts)}`;
}

const MOST_NAMED = 3;

function rulesText(texts: readonly string[]): string {
  const named = texts.slice(0, MOST_NAMED).join("; ");
  return texts.length <= MOST_NAMED ? named : `${named} and ${texts.length - MOST_NAMED} more`;
}

/** By identity: an answer is in no order. A rule that cannot be read in it is looked up later. */
function idsOf(
  rules: readonly WantedRule[],
  answered: readonly SecurityGroupRule[],
  region: string,
): MadeIds {
  const ids = new Map<string, string>();
  for (const rule of answered) {
    try {
      const { inputs, id } = foundRule(rule, region);
      ids.set(identity(ruleOf(inputs)), id);
    } catch (error) {
      if (!(error instanceof EgressError)) throw error;
    }
  }
  return rules.map(({ inputs }) => ids.get(identity(ruleOf(inputs))));
}
