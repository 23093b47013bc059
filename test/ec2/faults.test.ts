import type { EC2Client } from "@aws-sdk/client-ec2";
import { endpoint } from "../world";
import type { Fault } from "./endpoint";
import { ipv4, tcp } from "./rules";
import { authorize } from "./send";

let group: string;

beforeEach(async () => {
  [group = ""] = await endpoint.makeGroups(1);
  await endpoint.reset();
});

afterEach(() => endpoint.befall([]));

const action = "AuthorizeSecurityGroupEgress";
const range = tcp(443, ipv4("10.0.0.0/8"));

/** What the caller gets to know. */
function told(ec2: EC2Client): Promise<string> {
  return authorize(ec2, group, [range]).then(
    () => "done",
    (error) => `${error.name}: ${error.message}`,
  );
}

/** What each try came to, in the order of arrival. */
async function tries(): Promise<string[]> {
  const calls = (await endpoint.calls()).filter((call) => call.action === action);
  return calls.map(({ status, acted, fault = "no fault" }) => {
    return `${fault}, ${acted ? "effect" : "no effect"}, ${status || "no answer"}`;
  });
}

async function isMade(): Promise<boolean> {
  return (await endpoint.rules(group)).some(({ FromPort }) => FromPort === 443);
}

const done = "no fault, effect, 200";
// The try before took effect, though nothing told so.
const duplicate = "no fault, effect, 400";

const html = "<html><head><title>502 Bad Gateway</title></head><body><hr>a proxy</body></html>";
const proxy: Fault = { kind: "answer", status: 502, body: html, type: "text/html" };
const unreadable = /^Error: @aws-sdk XML parse error/;

// What befalls the first try, what is told to a caller who makes no other, and all tries of one who may make three.
const faults: [string, Fault, string | RegExp, string[]][] = [
  [
    "an error of EC2",
    { kind: "errorBefore", code: "InternalError", status: 500 },
    "InternalError: InternalError befell this call",
    ["errorBefore, no effect, 500", done],
  ],
  [
    "a call too many",
    { kind: "errorBefore", code: "RequestLimitExceeded", status: 503, message: "Request limit exceeded." },
    "RequestLimitExceeded: Request limit exceeded.",
    ["errorBefore, no effect, 503", done],
  ],
  [
    "a refusal for good",
    { kind: "errorBefore", code: "VpcIdNotSpecified", status: 400 },
    /^VpcIdNotSpecified: /,
    ["errorBefore, no effect, 400"],
  ],
  [
    "a lost answer",
    { kind: "errorAfter", code: "ServiceUnavailable", status: 503 },
    /^ServiceUnavailable: /,
    ["errorAfter, effect, 503", duplicate],
  ],
  [
    "a connection that is cut before the effect",
    { kind: "cutBefore" },
    "Error: socket hang up",
    ["cutBefore, no effect, no answer", done],
  ],
  [
    "a connection that is cut in the middle of the answer",
    { kind: "cut" },
    "Error: aborted",
    ["cut, effect, 200", duplicate],
  ],
  [
    "a connection that is cut in place of the answer",
    { kind: "cut", sent: "nothing" },
    "Error: socket hang up",
    ["cut, effect, no answer", duplicate],
  ],
  ["a late answer", { kind: "slow", milliseconds: 1 }, "done", ["slow, effect, 200"]],
  ["an empty answer", { kind: "answer", status: 200, body: "" }, "done", ["answer, effect, 200"]],
  [
    "an empty answer to what did not happen",
    { kind: "answer", status: 200, body: "", before: true },
    "done",
    ["answer, no effect, 200"],
  ],
  [
    "half an answer",
    { kind: "answer", status: 200, body: "<AuthorizeSecurityGroupEgressResponse><return>tr" },
    unreadable,
    ["answer, effect, 200"],
  ],
  ["a proxy's answer", proxy, unreadable, ["answer, effect, 502", duplicate]],
  [
    "a proxy's answer to what it does not pass on",
    { ...proxy, before: true },
    unreadable,
    ["answer, no effect, 502", done],
  ],
  [
    "an answer of megabytes",
    { kind: "answer", status: 503, body: "x".repeat(5_000_000) },
    unreadable,
    ["answer, effect, 503", duplicate],
  ],
];

describe.each(faults)("%s", (_, fault, error, allTries) => {
  beforeEach(() => endpoint.befall([{ action, fault }]));

  test("is what one try meets", async () => {
    expect(await told(endpoint.client({ maxAttempts: 1 }))).toMatch(error);
    expect(await tries()).toEqual(allTries.slice(0, 1));
    expect(await isMade()).toBe(allTries[0]?.includes(", effect,"));
  });

  test("is followed by the tries that EC2's would be", async () => {
    await told(endpoint.client({ maxAttempts: 3 }));
    expect(await tries()).toEqual(allTries);
  });
});

test("an error has a request id, as EC2's have", async () => {
  await endpoint.befall([{ action, fault: { kind: "errorAfter", code: "InternalError", status: 500 } }]);
  const call = authorize(endpoint.client({ maxAttempts: 1 }), group, [range]);
  await expect(call).rejects.toMatchObject({
    $metadata: { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });
});

test("a late answer is held back until the faults end", async () => {
  await endpoint.befall([{ action, fault: { kind: "slow", milliseconds: 3_600_000 } }]);
  const answer = told(endpoint.client());
  while (!(await endpoint.calls())[0]?.acted);
  expect(await tries()).toEqual(["slow, effect, no answer"]);
  await endpoint.befall([]);
  expect(await answer).toBe("done");
});
