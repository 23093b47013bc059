import type { IpPermission } from "@aws-sdk/client-ec2";
import { claimTag } from "../../provider/ec2/claim";
import { authorizeCommand } from "../../provider/ec2/commands";
import type { RuleInputs } from "../../provider/rule/rule";
import type { Tags } from "../../provider/rule/tags";
import type { Form, Literal } from "./literal";

/** The endpoint's answer to two spellings of a rule. */
export type Verdict =
  /** It accepts both as one rule. */
  | "same"
  /** It accepts both as two rules. */
  | "different"
  /** It refuses them; with its message. */
  | { readonly code: string; readonly message: string };

/**
 * Asks an endpoint whether it accepts two spellings of a rule and counts them as one, without creating any.
 *
 * A request with a duplicate rule is refused, but only after each part of it passes. Two distinct rules would be
 * created, so the next request needs a new group.
 */
export async function judge(url: string, one: Literal, other: Literal): Promise<Verdict> {
  const parameters: Form = [
    ["Action", "AuthorizeSecurityGroupEgress"],
    ["Version", "2016-11-15"],
    ...one.group,
    ...numbered(one.permission, 1),
    ...numbered(other.permission, 2),
    ...one.tags,
    ...(one.tags.length > 0 ? [RESOURCE_TYPE] : []),
  ];
  const form = new URLSearchParams(parameters.map(([name, text]): [string, string] => [name, text]));
  const answer = await fetch(url, { method: "POST", body: form });
  const body = await answer.text();
  if (answer.ok) return "different";
  if (answer.status >= 500) throw new Error(`The endpoint broke on ${form}`);
  const [, code = "", message = ""] = /<Code>([^<]*)<\/Code>\s*<Message>([^<]*)<\/Message>/s.exec(body) ?? [];
  return message.includes("must not appear multiple times") ? "same" : { code, message };
}

/** Like the AWS SDK, which throws on half a surrogate pair. */
function encoded(text: string): string {
  encodeURIComponent(text);
  return text;
}

const RESOURCE_TYPE = ["TagSpecification.1.ResourceType", "security-group-rule"] as const;

function numbered(permission: Form, place: number): Form {
  return permission.map(([name, text]) => [`IpPermissions.${place}.${name}`, text] as const);
}

/** The package's request for a rule with a claim, in the same form. */
export function sent(inputs: RuleInputs, tags: Tags, claim: string): Literal {
  const { input } = authorizeCommand(inputs.securityGroupId, [inputs], { ...claimTag(claim), ...tags });
  const [permission = {}] = input.IpPermissions ?? [];
  const list = input.TagSpecifications?.[0]?.Tags ?? [];
  return {
    group: [["GroupId", inputs.securityGroupId]],
    permission: formOf(permission),
    tags: list.flatMap(({ Key = "", Value = "" }, place) => [
      [`TagSpecification.1.Tag.${place + 1}.Key`, encoded(Key)] as const,
      [`TagSpecification.1.Tag.${place + 1}.Value`, encoded(Value)] as const,
    ]),
  };
}

const NAMES: { readonly [list: string]: string } = { UserIdGroupPairs: "Groups" };

function formOf(permission: IpPermission): Form {
  return Object.entries(permission).flatMap(([name, value]: [string, unknown]) =>
    Array.isArray(value)
      ? Object.entries(Object(value[0])).map(
          ([part, text]) => [`${NAMES[name] ?? name}.1.${part}`, encoded(String(text))] as const,
        )
      : [[name, String(value)] as const],
  );
}
