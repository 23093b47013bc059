import { OWNER_TAG } from "../../provider/ec2/claim";
import { controllerTag } from "../../provider/rule/controllers";
import { describedArgs } from "../../provider/rule/describedArgs";
import { failuresText, quote } from "../../provider/rule/failure";
import { parse } from "../../provider/rule/parse";
import { isRecord, type UnknownRecord, withoutUndefined } from "../../provider/rule/record";
import { sortedTags } from "../../provider/rule/tags";
import { InputError } from "../program/inputError";
import { readAwsList } from "./awsJson";
import type { FoundGroup, FoundRule } from "./found";

/**
 * Reads outbound rules by group from the output of `aws ec2 describe-security-group-rules`; `-` is standard input.
 *
 * A group that has only inbound rules in the file appears without rules.
 */
export function readRulesFile(path: string): FoundGroup[] {
  const groups = new Map<string, Map<string, FoundRule>>();
  const { name, members } = readAwsList(path, "SecurityGroupRules", COMMAND);
  for (const [place, rule] of members.entries()) {
    const where = `${name}: SecurityGroupRules[${place}]`;
    if (typeof rule.GroupId !== "string" || typeof rule.IsEgress !== "boolean") {
      throw new InputError(`${where} is not a rule, ${quote(rule)}: ${EXPECTED}`);
    }
    const ofGroup = groups.get(rule.GroupId) ?? new Map<string, FoundRule>();
    groups.set(rule.GroupId, ofGroup);
    if (!rule.IsEgress) continue;
    const read = readRule(where, rule);
    ofGroup.set(read.id, read);
  }
  return [...groups].map(([id, rules]) => ({ id, rules: [...rules.values()] }));
}

const COMMAND = "aws ec2 describe-security-group-rules --output json";
const EXPECTED = `expected what \`${COMMAND}\` prints`;

function readRule(where: string, rule: UnknownRecord): FoundRule {
  const { SecurityGroupRuleId: id, Description } = rule;
  const parsed = parse(describedArgs(rule));
  if (typeof id !== "string" || "failures" in parsed) {
    const why = "failures" in parsed ? failuresText(parsed.failures) : "it has no SecurityGroupRuleId";
    throw new InputError(`${where} is not a rule (${why}): ${EXPECTED}`);
  }
  const all = tagsIn(where, rule.Tags);
  const own = all.filter(([key]) => key !== OWNER_TAG && !key.startsWith("aws:"));
  const description = typeof Description === "string" && Description !== "" ? Description : undefined;
  return {
    id,
    inputs: { ...parsed.inputs, ...withoutUndefined({ description }) },
    tags: sortedTags(own),
    ...withoutUndefined({
      claim: new Map(all).get(OWNER_TAG),
      controllerTag: controllerTag(all.map(([key]) => key)),
    }),
  };
}

function tagsIn(where: string, tags: unknown): (readonly [string, string])[] {
  const list: readonly unknown[] = Array.isArray(tags) ? tags : [];
  return list.map((tag) => {
    if (isRecord(tag) && typeof tag.Key === "string" && typeof tag.Value === "string")
      return [tag.Key, tag.Value];
    throw new InputError(`${where} has an invalid tag, ${quote(tag)}: ${EXPECTED}`);
  });
}
