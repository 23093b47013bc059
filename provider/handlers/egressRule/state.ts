import { EgressError } from "../../ec2/errors";
import type { FoundRule, MadeRule } from "../../ec2/foundRule";
import { isJointMark } from "../../ec2/mark";
import { failuresText, quote } from "../../rule/failure";
import { parse } from "../../rule/parse";
import { isRecord, type UnknownRecord, withoutUndefined } from "../../rule/record";
import { sortedTags, type Tags } from "../../rule/tags";
import { isUnknown, UNKNOWN, type Unknown } from "../../rule/unknown";
import type { EgressRuleInputs } from "./inputs";

/** What state keeps of a rule: its inputs but for `adopt`, and what EC2 named it. No part is ever `undefined`. */
export type EgressRuleState = Omit<EgressRuleInputs, "adopt"> & {
  readonly securityGroupRuleId: string;
  readonly arn: string;
  /** Whether another resource of the program has taken the rule over, so that this one is to have another. */
  readonly passedOn?: true;
};

export function stateOf({ adopt: _, ...inputs }: EgressRuleInputs, found: MadeRule): EgressRuleState {
  return { ...inputs, securityGroupRuleId: found.id, arn: found.arn };
}

/** The inputs of a rule that carries this mark: beside one that stands for others too, its own is kept. */
export function carrying(inputs: EgressRuleInputs, onRule: string): EgressRuleInputs {
  const { owner, declaredOwner: _, ...others } = inputs;
  const declaredOwner = isJointMark(onRule) ? owner : undefined;
  return { ...others, owner: onRule, ...withoutUndefined({ declaredOwner }) };
}

/** The state of a rule as EC2 has it, without what only a program can say: declared tags, and whose it is. */
export function foundState(found: FoundRule, region: string): EgressRuleState {
  return { ...found.inputs, region, tagsAll: found.tags, securityGroupRuleId: found.id, arn: found.arn };
}

/**
 * Inputs that check has returned, or outputs made of them, as a later verb gets them.
 *
 * What makes the rule is brought into canonical form again; the rest is taken as it is, for EC2 may hold what
 * check would refuse.
 */
export function readInputs(props: unknown): EgressRuleInputs {
  const record = isRecord(props) ? props : {};
  const { description, tags, tagsAll, owner, declaredOwner, region, adopt, ...named } = record;
  const { securityGroupRuleId, arn, passedOn, readOnly, ...rule } = named;
  const parsed = parse(rule);
  if ("failures" in parsed) {
    throw new EgressError(`reading the rule from state: ${failuresText(parsed.failures)}`);
  }
  return {
    ...parsed.inputs,
    region: text(region) ?? "",
    tagsAll: readTags(tagsAll) ?? readTags(tags) ?? {},
    ...withoutUndefined({
      description: text(description),
      tags: readTags(tags),
      owner: text(owner),
      declaredOwner: text(declaredOwner),
      adopt: typeof adopt === "boolean" ? adopt : text(adopt),
    }),
  };
}

/** The state of a rule, as the verbs that get it need it. */
export function readState(id: string, props: unknown): EgressRuleState {
  const { adopt: _, ...inputs } = readInputs(props);
  const { arn, passedOn }: UnknownRecord = isRecord(props) ? props : {};
  return {
    ...inputs,
    securityGroupRuleId: id,
    arn: text(arn) ?? "",
    ...(passedOn === true && { passedOn }),
  };
}

export function readTags(value: unknown): Tags | Unknown | undefined {
  if (isUnknown(value)) return UNKNOWN;
  if (!isRecord(value)) return undefined;
  return sortedTags(
    Object.entries(value).map(([key, tag]) => [key, typeof tag === "string" ? tag : quote(tag)]),
  );
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Tags that are known, as they are in every verb but check and diff. */
export function knownTags(tags: Tags | Unknown): Tags {
  if (isUnknown(tags)) throw new EgressError("the rule's tags are not known yet");
  return tags;
}
