import { defaultRegion } from "../../ec2/client";
import { EgressError } from "../../ec2/errors";
import { findGroupRules } from "../../ec2/groupRules";
import { declaredMark } from "../../ec2/mark";
import { isTakenFrom } from "../../ec2/taken";
import { parseGroupId } from "../../rule/ids";
import { isRecord, withoutUndefined } from "../../rule/record";
import { text } from "../egressRule/state";
import type { Host } from "../host";
import { readSetState } from "./inputs";
import { isOwn, presentRule } from "./standing";
import { stateOf } from "./state";

/**
 * The set as EC2 has it now: its own rules, and all of the group where it is exclusive, or where no state says which
 * are its own.
 */
export async function read(host: Host, id: string, props: unknown) {
  const state = readSetState(props);
  const group = parseGroupId(id, (reason) => {
    throw new EgressError(`reading the outbound rules of a group: ${reason}`);
  });
  const region = text(state.region) ?? (await defaultRegion(host.settings()));
  if (group === undefined || region === undefined) {
    throw new EgressError(`reading the rules of ${id}: no Region is set: set aws:region, or AWS_REGION`);
  }
  const target = host.target(region);
  const isHeld = isRecord(props) && isRecord(props.ruleIds);
  const held = {
    ids: new Set(Object.values(state.ruleIds)),
    owner: state.owner,
    isTaken: (rule: string) => isTakenFrom(target.client, rule, state.owner),
  };
  const inputs = { ...state, securityGroupId: group, region };
  const found = await findGroupRules(target, group);
  const rules = found.filter((rule) => !isHeld || inputs.exclusive || isOwn(rule, inputs, held));
  const outs = stateOf(
    inputs,
    rules.map((rule) => presentRule(rule, inputs)),
    held.owner,
  );
  const { ruleIds: _, owner, ...declared } = outs;
  return {
    id: group,
    props: { ...outs },
    inputs: { ...declared, ...withoutUndefined({ owner: owner && declaredMark(owner) }) },
  };
}
