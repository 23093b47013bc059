import type { Fault } from "../ec2/endpoint";
import { rowsOf } from "../fullTest";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { type Handler, handlerAt, PROVIDER_LINE, type Props } from "./handler";
import { place } from "./ownPlace";
import { STACK } from "./place";
import { type Kept, up } from "./ruleSet/runs";
import { setsAt } from "./ruleSet/sets";

// Answers that leave open what EC2 has done: no path may lose a rule because of them, or create one twice.

afterEach(async () => endpoint.befall([]));

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const HTML = "<!DOCTYPE html><html><body><h1>Please sign in</h1><p>hotel &nbsp; guest</body></html>";
const REQUEST_ID = "<requestId>00000000-0000-4000-8000-000000000000</requestId>";
const item = (id: string, group: string) =>
  `<item><securityGroupRuleId>${id}</securityGroupRuleId><groupId>${group}</groupId><isEgress>true</isEgress><ipProtocol>udp</ipProtocol></item>`;
/**
 * An answer in EC2's own form; it reports that nothing was done, except for Authorize, whose rules are then missing.
 */
const rules = (action: string, items: string) => {
  const done = `<return>${action.startsWith("Authorize")}</return>`;
  return `${XML}<${action}Response>${REQUEST_ID}${done}<securityGroupRuleSet>${items}</securityGroupRuleSet></${action}Response>`;
};

const OTHERS = Array.from({ length: 1000 }, (_, place) =>
  item(`sgr-${String(place).padStart(17, "0")}`, "sg-1"),
).join("");

const ANSWERS: [name: string, status: number, body: (action: string) => string, type?: string][] = [
  ["nothing at all", 200, () => ""],
  ["half an answer", 200, (action) => rules(action, item("sgr-0123456789abcdef0", "sg-1")).slice(0, -90)],
  ["a hotel's page", 200, () => HTML, "text/html"],
  ["a gateway's page", 502, () => HTML, "text/html"],
  ["JSON", 200, () => '{"message":"Forbidden"}', "application/json"],
  ["JSON with a refusal", 403, () => '{"message":"Forbidden"}', "application/json"],
  ["another service's error", 404, () => `${XML}<Error><Code>NoSuchBucket</Code></Error>`],
  [
    "another action's answer",
    200,
    () => `${XML}<DescribeVpcsResponse>${REQUEST_ID}<vpcSet/></DescribeVpcsResponse>`,
  ],
  [
    "an answer that names no request",
    200,
    (action) => `${XML}<${action}Response><return>true</return><securityGroupRuleSet/></${action}Response>`,
  ],
  ["an unknown entity", 200, (action) => rules(action, item("&bomb;", "sg-1"))],
  ["rules of another kind and group", 200, (action) => rules(action, item("i-0123456789abcdef0", "sg-1"))],
  ["rules without anything", 200, (action) => rules(action, "<item/><item></item>")],
  ["a thousand rules of others", 200, (action) => rules(action, OTHERS)],
  ["a megabyte of nothing", 200, () => `${XML}<!--${"x".repeat(1_000_000)}--><Nothing/>`],
  [
    "an error of a megabyte",
    400,
    () =>
      `${XML}<Response><Errors><Error><Code>Odd</Code><Message>${"x".repeat(1_000_000)}</Message></Error></Errors></Response>`,
  ],
];

const TRAFFIC: Props = { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" };
const RULE: Props = { ...TRAFFIC, description: "before" };
const OTHER: Props = { ...TRAFFIC, description: "after" };

interface Kind {
  readonly handler: () => Handler;
  readonly args: (rule: Props) => Props;
}

const KINDS: [name: string, kind: Kind][] = [
  [
    "EgressRule",
    {
      handler: () => handlerAt(endpoint, { "aws:maxRetries": "1" }),
      args: (rule) => ({ ...rule, securityGroupId: place.group, owner: STACK }),
    },
  ],
  [
    "EgressRuleSet",
    {
      handler: () => setsAt(endpoint, { "aws:maxRetries": "1" }),
      args: (rule) => ({ rules: [rule], securityGroupId: place.group, owner: STACK }),
    },
  ],
];

/** The error of a verb, if it fails: a message for a person, without a stack. */
async function said(verb: Promise<unknown>): Promise<string | undefined> {
  const error: unknown = await verb.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) return undefined;
  expect(error).toMatchObject({ name: "", stack: "" });
  const message = error instanceof Error ? error.message : "";
  expect(message).toMatch(/sgr?-[0-9a-f]+/);
  return message;
}

async function befall(action: string, [, status, body, type]: (typeof ANSWERS)[number], before: boolean) {
  const fault: Fault = { kind: "answer", status, body: body(action), before, ...(type && { type }) };
  await endpoint.befall([{ action, times: 99, fault }]);
}

// Both kinds share the code that reads the answers; some sets show how they handle them.
const OF_SETS = ["half an answer", "a gateway's page", "rules of another kind and group"];
const cases = rowsOf(
  KINDS.flatMap(([name, kind]) => ANSWERS.map((answer) => [name, answer[0], kind, answer] as const)),
  ([name, what]) => name === "EgressRule" || OF_SETS.includes(what),
);

strictly.each(cases)("%s: %s in place of EC2's answer", async (_name, _what, { handler, args }, answer) => {
  let kept: Kept | undefined;
  const run = async (rule: Props) => {
    const ran = await up(handler(), kept, args(rule));
    kept = ran.kept;
    if (ran.error !== undefined) expect(ran.error).toMatch(/sg-[0-9a-f]+/);
  };
  const there = async () => (await place.rules()).map(({ description }) => description);

  for (const before of [false, true]) {
    await befall("AuthorizeSecurityGroupEgress", answer, before);
    await run(RULE);
    await endpoint.befall([]);
    await run(RULE);
    expect(await there()).toEqual(["before"]);

    await befall("ModifySecurityGroupRules", answer, before);
    await run(OTHER);
    await endpoint.befall([]);
    await run(OTHER);
    await run(OTHER);
    // An answer without an error is trusted; a refresh finds the truth.
    const read = await handler().read(String(kept?.id), kept?.outs ?? {});
    if (kept) kept = { ...kept, outs: { ...read.props, __provider: PROVIDER_LINE } };
    await run(OTHER);
    expect(await there()).toEqual(["after"]);

    // A rule treated as deleted or revoked must be gone: state would no longer know it.
    const remove = () => handler().delete(String(kept?.id), kept?.outs ?? {});
    const isGone = (message: string | undefined) => (message === undefined ? [] : ["after"]);
    await befall("DescribeSecurityGroupRules", answer, before);
    const seen = await handler()
      .read(String(kept?.id), kept?.outs ?? {})
      .catch(() => undefined);
    expect(seen?.id).not.toBe("");
    expect(await there()).toEqual(isGone(await said(remove())));
    await befall("RevokeSecurityGroupEgress", answer, before);
    expect([isGone(await said(remove())), []]).toContainEqual(await there());
    await endpoint.befall([]);
    expect(await said(remove())).toBeUndefined();
    expect(await there()).toEqual([]);
    kept = undefined;
  }
});
