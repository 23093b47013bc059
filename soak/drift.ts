import {
  AuthorizeSecurityGroupEgressCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  type EC2Client,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  UpdateSecurityGroupRuleDescriptionsEgressCommand,
} from "@aws-sdk/client-ec2";
import { claim, type Draft, freshRule } from "./draft";
import { permission, ruleRequest } from "./permission";
import { anyDescription, keyOf, type SoakRule, withOtherPorts } from "./rules";
import { exclusiveOn, type Stranger } from "./world";

/** What a person does to EC2 by hand, beside every program. */
export interface Drift {
  readonly note: string;
  readonly act: (ec2: EC2Client) => Promise<void>;
}

/** Something done to a rule that a resource has, or to one of nobody; undefined where there is none. */
export function anyDrift(draft: Draft, ids: ReadonlyMap<string, string>): Drift | undefined {
  const { random } = draft;
  if (random.chance(0.35)) return driftOfStrangers(draft);
  const held = [...draft.resources].flatMap(([name, { rules }]) => rules.map((rule) => ({ name, rule })));
  const target = random.any(held.filter(({ rule }) => !draft.loose.has(keyOf(rule.model))));
  if (target === undefined) return undefined;
  const { name, rule } = target;
  const key = keyOf(rule.model);
  const id = ids.get(key);
  if (id === undefined) return undefined;
  const group = rule.model.group;
  // By hand once in a step is enough for a rule.
  draft.loose.add(key);
  draft.changed.add(name);
  switch (random.pick(["revoke", "describe", "tag", "untag", "unmark", "modify"])) {
    case "revoke":
      return { note: `revoke ${id} of ${name}`, act: (ec2) => revoke(ec2, group, id) };
    case "describe":
      return { note: `describe ${id} of ${name}`, act: (ec2) => describe(ec2, group, id, "by hand") };
    case "tag":
      return {
        note: `tag ${id} of ${name}`,
        act: (ec2) => tag(ec2, id, random.pick(["Team", "Hand", "Stack"]), "by hand"),
      };
    case "untag":
      return {
        note: `untag ${id} of ${name}`,
        act: (ec2) => untag(ec2, id, random.pick(["Team", "Stack"])),
      };
    case "unmark":
      // Its resource would have to leave the rule where it is, were it to go before a refresh.
      draft.touched.add(name);
      return { note: `unmark ${id} of ${name}`, act: (ec2) => untag(ec2, id, "pulumi-aws-egress:owner") };
    default: {
      const other = claim(draft, () => withOtherPorts(random, rule.model));
      if (other === undefined)
        return { note: `revoke ${id} of ${name}`, act: (ec2) => revoke(ec2, group, id) };
      return {
        note: `modify ${id} of ${name}`,
        act: (ec2) => modify(ec2, group, id, { ...rule, model: other }),
      };
    }
  }
}

function driftOfStrangers(draft: Draft): Drift | undefined {
  const { random, groups } = draft;
  const old = random.any(draft.strangers.filter(({ id }) => id !== undefined));
  if (old !== undefined && random.chance(0.5)) return driftOfStranger(draft, old);
  const group = random.pick(groups);
  const rule = freshRule(draft, group);
  const isForeign = exclusiveOn(draft.resources, group) === undefined && random.chance(0.3);
  const mark = isForeign ? "other/prod/web" : undefined;
  draft.strangers.push({ rule, mark, id: undefined });
  return { note: `make ${keyOf(rule.model)} by hand`, act: (ec2) => authorize(ec2, rule, mark) };
}

function driftOfStranger(draft: Draft, stranger: Stranger): Drift {
  const { random } = draft;
  const { rule, id = "" } = stranger;
  const group = rule.model.group;
  const others = draft.strangers.filter((one) => one !== stranger);
  draft.loose.add(keyOf(rule.model));
  if (random.chance(0.5)) {
    draft.strangers = others;
    return { note: `revoke ${id}, a stranger`, act: (ec2) => revoke(ec2, group, id) };
  }
  const description = anyDescription(random);
  draft.strangers = [...others, { ...stranger, rule: { ...rule, description } }];
  return { note: `describe ${id}, a stranger`, act: (ec2) => describe(ec2, group, id, description) };
}

async function authorize(ec2: EC2Client, rule: SoakRule, mark: string | undefined): Promise<void> {
  const tags = { ...rule.tags, ...(mark !== undefined && { "pulumi-aws-egress:owner": mark }) };
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
