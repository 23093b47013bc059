import { makeEgressRule } from "../../../provider/handlers/egressRule";
import { makeEgressRuleSet } from "../../../provider/handlers/egressRuleSet";
import type { Endpoint } from "../../ec2/endpoint";
import { known } from "../../known";
import { checked, configFor, errorOf, handlerOf, make, type Props, type StackConfig } from "../handler";
import { STACK } from "../place";
import type { Resource } from "./kinds";
import type { Verb } from "./verbs";

/** The operation during which a call should fail. */
export interface Situation {
  readonly group: string;
  /** The rule's id; empty before it is created. */
  readonly rule: string;
}

/** How to bring about a situation: by the request, and by what happens just before the call. */
export interface Cause {
  readonly args?: Props;
  readonly bringAbout?: (situation: Situation) => Promise<unknown>;
}

const RULE = { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" };
const TAGS = { Team: "web" };

const CHANGES: { readonly [verb in Verb]?: Props } = {
  change: { description: "web" },
  tag: { tags: { Team: "ops" } },
  untag: { tags: {} },
};

/** Runs one operation on a resource of one rule, on its own group; returns the result. */
export async function attempt(
  endpoint: Endpoint,
  resource: Resource,
  verb: Verb,
  { args: asked = {}, bringAbout = async () => {} }: Cause,
  config: StackConfig = {},
): Promise<Situation & { readonly outcome: unknown }> {
  const [group = ""] = await endpoint.makeGroups(1);
  const provider = resource === "EgressRule" ? makeEgressRule() : makeEgressRuleSet();
  const handler = handlerOf({ ...configFor(endpoint.url), ...config }, provider);
  const args = (more: Props): Props => {
    const { securityGroupId = group, tags = TAGS, ...rule } = { ...RULE, ...asked, ...more };
    const given = Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== null));
    const common = { securityGroupId, owner: STACK };
    const tagged = { ...given, tags };
    return resource === "EgressRule" ? { ...tagged, ...common } : { rules: [tagged], ...common };
  };
  const settle = async (situation: Situation, call: () => Promise<unknown>) => {
    await bringAbout(situation);
    return { ...situation, outcome: await call().catch((error: unknown) => error) };
  };

  if (verb === "create") {
    const inputs = await checked(handler, args({}));
    return settle({ group: String(inputs.securityGroupId), rule: "" }, () => handler.create(inputs));
  }
  const { id, inputs, outs } = await make(handler, args({}));
  const made = (await endpoint.rules(group)).find(({ FromPort }) => FromPort === RULE.fromPort);
  const situation = { group, rule: known(made?.SecurityGroupRuleId) };
  const change = CHANGES[verb];
  if (change === undefined)
    return settle(situation, () => (verb === "look" ? handler.read(id, outs) : handler.delete(id, outs)));
  const news = await checked(handler, args(change), inputs);
  return settle(situation, () => handler.update(id, outs, news));
}

/** The terminal output of a call that must fail. */
export async function messageOf({ outcome }: { readonly outcome: unknown }): Promise<string> {
  const call = outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
  return (await errorOf(call)).message;
}
