import type { EC2Client } from "@aws-sdk/client-ec2";
import { isRecord, type UnknownRecord } from "../../rule/record";

/**
 * Takes no answer for one of EC2 that is none: it is in the element of the action that was asked for, and tells the id of
 * the request.
 *
 * The SDK reads every answer without an error as one in which nothing is said: the page of a proxy would be a group
 * without rules, and a rule that is gone, so that it would be forgotten.
 */
export function believeOnlyEc2(client: EC2Client): void {
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (call) => {
        const answer = await next(call);
        const { response } = answer;
        if (!isRecord(response) || Number(response.statusCode) >= 300) return answer;
        // What is read once cannot be read again.
        const body = await client.config.streamCollector(response.body);
        if (!isOfAction(commandName.replace(/Command$/, ""), Buffer.from(body).toString())) throw notOfEc2();
        return { ...answer, response: Object.assign(response, { body }) };
      },
    // Before it is read.
    { step: "deserialize", priority: "low", name: "believeOnlyEc2" },
  );
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (call) => {
        const result = await next(call);
        const { output }: { output: unknown } = result;
        if (!isRecord(output)) return result;
        if (output.Return === false || !isAskedFor(call.input, output.SecurityGroupRules))
          throw notOfEc2(output);
        if (commandName === AUTHORIZE) dropOthers(output, call.input);
        return result;
      },
    // Around all else: asking again would not help.
    { step: "initialize", name: "believeOnlyWhatIsAskedFor" },
  );
}

function isOfAction(action: string, body: string): boolean {
  const [, root] = /^\s*(?:<\?xml[^>]*\?>\s*)?<(\w+)[\s>]/.exec(body) ?? [];
  return root === `${action}Response` && /<requestId>\s*[^<\s]/.test(body);
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

function notOfEc2(output?: UnknownRecord): Error {
  const error = new Error("the response is not from EC2");
  return Object.assign(error, { name: "UnknownAnswer", ...(output && { $metadata: output.$metadata }) });
}
