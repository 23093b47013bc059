import {
  AuthorizeSecurityGroupEgressCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  type EC2Client,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  UpdateSecurityGroupRuleDescriptionsEgressCommand,
} from "@aws-sdk/client-ec2";
import { type Draft, firstFree, freshRule, put, take } from "./draft";
import { permission, ruleRequest } from "./permission";
import { anyDescription, keyOf, type SoakRule, withOtherPorts } from "./rules";
import { DEFAULT_TAGS, exclusiveOn, OTHERS_CLAIM, OWNER_TAG, type Stranger } from "./world";

/** What a person does to EC2 by hand, independently of programs. */
export interface Drift {
  readonly note: string;
  readonly act: (ec2: EC2Client) => Promise<void>;
}

/** A manual change to a resource's rule, or to an unclaimed one; undefined if there is none. */
export function anyDrift(draft: Draft, ids: ReadonlyMap<string, string>): Drift | undefined {
  const { random } = draft;
  if (random.chance(0.35)) return driftOfStrangers(draft);
  const held = [...draft.resources].flatMap(([name, { rules }]) => rules.map((rule) => ({ name, rule })));
  const target = random.any(held.filter(({ rule }) => !draft.byHand.has(keyOf(rule.model))));
  if (target === undefined) return undefined;
  const { name, rule } = target;
  const key = keyOf(rule.model);
  const id = ids.get(key);
  if (id === undefined) return undefined;
  const group = rule.model.group;
  draft.byHand.add(key);
  draft.changed.add(name);
  const whose = `${id} of ${name}`;
  const lose = () => {
    draft.lost.add(key);
    return { note: `revoke ${whose}`, act: (ec2: EC2Client) => revoke(ec2, group, id) };
  };
  switch (random.pick(["revoke", "describe", "tag", "untag", "unclaim", "modify", "take"])) {
    case "revoke":
      return lose();
    case "describe":
      return { note: `describe ${whose}`, act: (ec2) => describe(ec2, group, id, "by hand") };
    case "tag": {
      const tagKey = random.pick(["Team", "Hand", "Stack"]);
      return { note: `tag ${whose}`, act: (ec2) => tag(ec2, id, tagKey, "by hand") };
    }
    case "untag": {
      const tagKey = random.pick(["Team", "Stack"]);
      return { note: `untag ${whose}`, act: (ec2) => untag(ec2, id, tagKey) };
    }
    case "unclaim":
      draft.unclaimed.add(key);
      return { note: `unclaim ${whose}`, act: (ec2) => untag(ec2, id, OWNER_TAG) };
    case "take":
      if (!letGo(draft, name, rule, id)) return lose();
      return {
        note: `another stack takes ${whose}, which the program declares no more`,
        act: (ec2) => tag(ec2, id, OWNER_TAG, OTHERS_CLAIM),
      };
    default: {
      const other = firstFree(draft, () => withOtherPorts(random, rule.model));
      if (other === undefined) return lose();
      draft.lost.add(key);
      return { note: `modify ${whose}`, act: (ec2) => modify(ec2, group, id, { ...rule, model: other }) };
    }
  }
}

/** The program releases a rule that another stack now claims; false if its resource does not allow that. */
function letGo(draft: Draft, name: string, rule: SoakRule, id: string): boolean {
  const resource = draft.resources.get(name);
  if (resource === undefined || draft.touched.has(name)) return false;
  if (resource.kind === "set" && resource.exclusive) return false;
  if (resource.kind === "single") take(draft, name);
  else put(draft, name, { ...resource, rules: resource.rules.filter((one) => one !== rule) });
  const tags = { ...DEFAULT_TAGS, ...rule.tags };
  draft.strangers.push({ rule: { ...rule, tags }, claim: OTHERS_CLAIM, id });
  return true;
}

function driftOfStrangers(draft: Draft): Drift | undefined {
  const { random, groups } = draft;
  const free = draft.strangers.filter(
    ({ id, rule }) => id !== undefined && !draft.byHand.has(keyOf(rule.model)),
  );
  const old = random.any(free);
  if (old !== undefined && random.chance(0.5)) return driftOfStranger(draft, old);
  const group = random.pick(groups);
  const rule = freshRule(draft, group);
  const isForeign = exclusiveOn(draft.resources, group) === undefined && random.chance(0.3);
  const claim = isForeign ? OTHERS_CLAIM : undefined;
  draft.strangers.push({ rule, claim, id: undefined });
  return { note: `make ${keyOf(rule.model)} by hand`, act: (ec2) => authorize(ec2, rule, claim) };
}

function driftOfStranger(draft: Draft, stranger: Stranger): Drift {
  const { random } = draft;
  const { rule, id = "" } = stranger;
  const group = rule.model.group;
  const others = draft.strangers.filter((one) => one !== stranger);
  draft.byHand.add(keyOf(rule.model));
  if (random.chance(0.5)) {
    draft.strangers = others;
    draft.lost.add(keyOf(rule.model));
    return { note: `revoke ${id}, a stranger`, act: (ec2) => revoke(ec2, group, id) };
  }
  const description = anyDescription(random);
  draft.strangers = [...others, { ...stranger, rule: { ...rule, description } }];
  return { note: `describe ${id}, a stranger`, act: (ec2) => describe(ec2, group, id, description) };
}

async function authorize(ec2: EC2Client, rule: SoakRule, claim: string | undefined): Promise<void> {
  const tags = { ...rule.tags, ...(claim !== undefined && { [OWNER_TAG]: claim }) };
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await ec2.send(
    new AuthorizeSecurityGroupEgressCommand({
      GroupId: rule.model.group,
      IpPermissions: [permission(rule)],
      ...(Tags.length > 0 && { TagSpecifications: [{ ResourceType: "security-group-rule", Tags }] }),
    }),
  );
}

async function revoke(ec2: EC2Client, group: string, id: string): Promise<void> {
  await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: group, SecurityGroupRuleIds: [id] }));
}

async function describe(ec2: EC2Client, group: string, id: string, description?: string): Promise<void> {
  const one = { SecurityGroupRuleId: id, ...(description !== undefined && { Description: description }) };
  await ec2.send(
    new UpdateSecurityGroupRuleDescriptionsEgressCommand({
      GroupId: group,
      SecurityGroupRuleDescriptions: [one],
    }),
  );
}

async function modify(ec2: EC2Client, group: string, id: string, rule: SoakRule): Promise<void> {
  const SecurityGroupRule = ruleRequest(rule);
  const SecurityGroupRules = [{ SecurityGroupRuleId: id, SecurityGroupRule }];
  await ec2.send(new ModifySecurityGroupRulesCommand({ GroupId: group, SecurityGroupRules }));
}

async function tag(ec2: EC2Client, id: string, Key: string, Value: string): Promise<void> {
  await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key, Value }] }));
}

async function untag(ec2: EC2Client, id: string, Key: string): Promise<void> {
  await ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key }] }));
}
