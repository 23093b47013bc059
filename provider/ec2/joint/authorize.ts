import { AuthorizeSecurityGroupEgressCommand } from "@aws-sdk/client-ec2";
import type { RuleInputs } from "../../rule/rule";
import type { Tags } from "../../rule/tags";
import { isAboutAll, isGroupMissing, textOf } from "../errors";
import { type MadeRule, madeRule } from "../foundRule";
import { jointMark, stackOf } from "../mark";
import { authorizeRequest } from "../requests";
import type { Target } from "../target";
import { byIdentity, identityOf } from "./groupRules";
import { inWaves } from "./inWaves";
import { type Joint, joined, type Outcomes } from "./joined";
import { tellApart } from "./tellApart";
import { tellRefused } from "./tellRefused";

/** A rule to be made, and the mark of its resource. */
interface Wanted {
  readonly inputs: RuleInputs;
  readonly owner: string | undefined;
}

/** EC2 puts the same tags on all rules of a request; their marks can be one where they are of one stack. */
interface Common {
  readonly groupId: string;
  readonly tags: Tags;
  readonly stack: string | undefined;
}

type Made = MadeRule | undefined;

/**
 * Makes a rule, with others of its group; answers undefined where EC2 took it and does not say which one it is.
 *
 * Together with others it carries a joint mark, which the answer tells.
 */
export function authorizeJointly(
  target: Target,
  inputs: RuleInputs,
  tags: Tags,
  owner: string | undefined,
): Promise<Made> {
  const stack = owner === undefined ? undefined : stackOf(owner);
  return authorize(target, { groupId: inputs.securityGroupId, tags, stack }, { inputs, owner });
}

const authorize = joined<Common, Wanted, Made>((joint) =>
  inWaves(joint.members, identityOf, (wave) => authorizeAll(joint, wave)),
);

async function authorizeAll(
  { target, common: { groupId, tags }, take }: Joint<Common, Wanted>,
  all: readonly Wanted[],
): Promise<Outcomes<Wanted, Made>> {
  const marks = all.flatMap(({ owner }) => owner ?? []);
  const joint = marks.length > 1 ? jointMark(marks) : undefined;
  return tellApart<Wanted, Made>(all, {
    send: async (wanted) => {
      // A rule that goes alone after all carries its own mark.
      const [only, ...others] = wanted;
      const owner = others.length === 0 ? only?.owner : joint;
      const rules = wanted.map(({ inputs }) => inputs);
      const request = new AuthorizeSecurityGroupEgressCommand(authorizeRequest(groupId, rules, tags, owner));
      const { SecurityGroupRules: made = [] } = await take(() => target.client.send(request));
      if (others.length === 0) return () => made[0] && madeRule(made[0], target.region, owner);
      // In no order. What is missing is looked up by who asked for it.
      const found = byIdentity(made, target.region);
      return (one) => {
        const rule = found.get(identityOf(one));
        return rule && { ...rule, ...(owner !== undefined && { owner }) };
      };
    },
    tell: tellRefused(target, groupId, joint),
    // A group that a rule leads to is missing by the same codes as the rule's own.
    isAboutAll: (error, wanted) =>
      isAboutAll(error) &&
      !(isGroupMissing(error) && !textOf(error).includes(groupId) && wanted.some(leadsToGroup)),
  });
}

function leadsToGroup({ inputs }: Wanted): boolean {
  return inputs.referencedSecurityGroupId !== undefined;
}
