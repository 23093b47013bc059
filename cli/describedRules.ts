import { failuresText, quote } from "../provider/rule/failure";
import { parse } from "../provider/rule/parse";
import { isRecord, type UnknownRecord, withoutUndefined } from "../provider/rule/record";
import type { RuleInputs } from "../provider/rule/rule";
import { readAwsList, textIn } from "./awsJson";
import { InputError } from "./program/inputError";

/** An outbound rule that `aws ec2 describe-security-group-rules` has printed. */
export interface DescribedRule {
  readonly id: string | undefined;
  readonly inputs: RuleInputs;
}

const COMMAND = "aws ec2 describe-security-group-rules";

/** Reads the outbound rules of a group; fails where the file has none of the group. */
export function readDescribedRules(file: string, group: string): readonly DescribedRule[] {
  const all = readAwsList(file, "SecurityGroupRules", COMMAND);
  const own = all.filter((rule) => rule.GroupId === group);
  if (own.length === 0) {
    const groups = [...new Set(all.map((rule) => textIn(rule, "GroupId")))].slice(0, 10).join(", ");
    throw new InputError(
      `--rules: ${file} has no rule of ${group}${groups === "" ? "" : `, but of ${groups}`}: write it with \`${COMMAND} --filters Name=group-id,Values=${group}\``,
    );
  }
  return own.filter(({ IsEgress }) => IsEgress === true).map((rule) => described(file, rule));
}

function described(file: string, rule: UnknownRecord): DescribedRule {
  const reference = isRecord(rule.ReferencedGroupInfo) ? rule.ReferencedGroupInfo : {};
  const id = textIn(rule, "SecurityGroupRuleId");
  const parsed = parse({
    securityGroupId: rule.GroupId,
    ipProtocol: rule.IpProtocol,
    fromPort: rule.FromPort,
    toPort: rule.ToPort,
    cidrIpv4: rule.CidrIpv4,
    cidrIpv6: rule.CidrIpv6,
    prefixListId: rule.PrefixListId,
    referencedSecurityGroupId: reference.GroupId,
    referencedSecurityGroupOwnerId: reference.UserId === rule.GroupOwnerId ? undefined : reference.UserId,
  });
  if ("failures" in parsed) {
    throw new InputError(`${file}: the rule ${quote(id)} cannot be read: ${failuresText(parsed.failures)}`);
  }
  return {
    id,
    inputs: { ...parsed.inputs, ...withoutUndefined({ description: textIn(rule, "Description") }) },
  };
}
