import type { EC2Client } from "@aws-sdk/client-ec2";
import { isRecord, type UnknownRecord } from "../rule/record";

/** What each answer of EC2 has at least, an empty list too. */
const ALWAYS_TOLD: { readonly [command: string]: string } = {
  DescribeSecurityGroupRulesCommand: "SecurityGroupRules",
  DescribeSecurityGroupsCommand: "SecurityGroups",
  DescribeManagedPrefixListsCommand: "PrefixLists",
  AuthorizeSecurityGroupEgressCommand: "Return",
  RevokeSecurityGroupEgressCommand: "Return",
  ModifySecurityGroupRulesCommand: "Return",
};

/**
 * Takes no answer for one of EC2 that lacks what EC2 always tells.
 *
 * The SDK reads every answer without an error as one in which nothing is said: the page of a proxy would be a group
 * without rules, and a rule that is gone, so that it would be forgotten.
 */
export function believeOnlyEc2(client: EC2Client): void {
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (call) => {
        const result = await next(call);
        const told = ALWAYS_TOLD[commandName];
        const { output }: { output: unknown } = result;
        const value = told === undefined || !isRecord(output) ? true : output[told];
        if (value !== undefined && value !== false && isAskedFor(call.input, value)) {
          if (commandName === AUTHORIZE && isRecord(output)) dropOthers(output, call.input);
          return result;
        }
        throw notOfEc2(output);
      },
    // Around all else: asking again would not help.
    { step: "initialize", name: "believeOnlyEc2" },
  );
}

const AUTHORIZE = "AuthorizeSecurityGroupEgressCommand";

/** What was made but is not told is looked up. */
function dropOthers(output: UnknownRecord, input: unknown): void {
  const { SecurityGroupRules: rules } = output;
  const { GroupId }: UnknownRecord = isRecord(input) ? input : {};
  if (!Array.isArray(rules)) return;
  const isOfGroup = (rule: unknown) => isRecord(rule) && (rule.GroupId ?? GroupId) === GroupId;
  Object.assign(output, { SecurityGroupRules: rules.filter(isOfGroup) });
}

const PROPERTY_OF: { readonly [filter: string]: string } = {
  "group-id": "GroupId",
  "security-group-rule-id": "SecurityGroupRuleId",
};

/** Whether rules are such as were asked for: another's would be taken for ours, or ours for gone. */
function isAskedFor(input: unknown, rules: unknown): boolean {
  const { Filters }: UnknownRecord = isRecord(input) ? input : {};
  const filters: unknown[] = Array.isArray(Filters) && Array.isArray(rules) ? Filters : [];
  return filters.every((filter) => {
    const { Name, Values }: UnknownRecord = isRecord(filter) ? filter : {};
    const property = PROPERTY_OF[String(Name)];
    if (property === undefined || !Array.isArray(Values) || !Array.isArray(rules)) return true;
    return rules.every((rule: unknown) => isRecord(rule) && Values.includes(rule[property]));
  });
}

function notOfEc2(output: unknown): Error {
  const { $metadata }: { $metadata?: unknown } = isRecord(output) ? output : {};
  const error = new Error(
    "what came is no answer of EC2: check the endpoint (aws:endpoints, AWS_ENDPOINT_URL), and what is on the way to it, such as a proxy",
  );
  return Object.assign(error, { name: "UnknownAnswer", $metadata });
}
