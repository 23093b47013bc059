import type { EC2Client } from "@aws-sdk/client-ec2";
import { isRecord, type UnknownRecord } from "../../rule/record";

/**
 * Rejects an answer that EC2 did not give. EC2 wraps its answer in the element of the requested action, and includes
 * the request id.
 *
 * The SDK reads any answer without an error as an empty one: a proxy's page would look like a group without rules, so
 * state would forget rules that still exist.
 */
export function believeOnlyEc2(client: EC2Client): void {
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (call) => {
        const answer = await next(call);
        const { response } = answer;
        if (!isRecord(response) || Number(response.statusCode) >= 300) return answer;
        // A stream can be read only once.
        const body = await client.config.streamCollector(response.body);
        if (!isOfAction(commandName.replace(/Command$/, ""), Buffer.from(body).toString())) throw notOfEc2();
        return { ...answer, response: Object.assign(response, { body }) };
      },
    // This must run before the SDK reads the answer.
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
    // This must wrap everything else, because a retry would not help.
    { step: "initialize", name: "believeOnlyWhatIsAskedFor" },
  );
}

function isOfAction(action: string, body: string): boolean {
  const [, root] = /^\s*(?:<\?xml[^>]*\?>\s*)?<(\w+)[\s>]/.exec(body) ?? [];
  return root === `${action}Response` && /<requestId>\s*[^<\s]/.test(body);
}

const AUTHORIZE = "AuthorizeSecurityGroupEgressCommand";

/** The caller looks up what the answer omits about a new rule. */
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

/** Whether the rules are the requested ones: otherwise we would take another's rule for ours, or ours for gone. */
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
