import { makeGroup, makeVpc } from "../ec2/network";
import { rowsOf } from "../fullTest";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import {
  type Answer,
  type ErrorKind,
  fill,
  RESOURCES,
  type Resource,
  textFor,
  toldText,
} from "./errors/kinds";
import { attempt, type Cause, messageOf, type Situation } from "./errors/subject";
import { ERRORS } from "./errors/table";
import { VERBS, type Verb } from "./errors/verbs";
import { handlerAt, type Props } from "./handler";
import { authorize, makePlace, type Place, revoke, STACK, tcp } from "./place";

// Only on the strict endpoint: plain moto has its own messages and refusals.

const NO_GROUP = "sg-0123456789abcdef0";
const NO_LIST = "pl-0123456789abcdef0";
const RETRIES = 1;

const VALUES = {
  region: "us-east-1",
  requestId: "00000000-0000-4000-8000-000000000000",
  tries: String(RETRIES + 1),
  destination: "10.0.0.0/16",
};

const OTHER_NETWORK = "The group that the rule leads to is in another network";

let place: Place;
/** A group in another VPC. */
let elsewhere: string;

beforeAll(async () => {
  place = await makePlace(endpoint);
  elsewhere = await makeGroup(place.ec2, await makeVpc(place.ec2), "elsewhere");
});

afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all([endpoint.befall([]), endpoint.deny([]), endpoint.throttle({}), endpoint.quota()]);
});

interface Row {
  readonly resource: Resource;
  readonly verb: Verb;
  readonly code: string;
  readonly answer: Answer;
  readonly kind: ErrorKind;
}

/** Every code, on each resource, during each operation that the table covers. */
function rowsFor(verbs: (kind: ErrorKind) => readonly string[]): readonly Row[] {
  const rows = ERRORS.flatMap((kind) =>
    Object.entries(kind.codes).flatMap(([code, answer]) =>
      RESOURCES.flatMap((resource) =>
        ALL_VERBS.filter((verb) => verbs(kind).includes(verb)).map((verb) => ({
          ...{ resource, verb, code, answer, kind },
        })),
      ),
    ),
  );
  // After each of these the SDK waits for two seconds.
  return rowsOf(rows, ({ code }) => !code.startsWith("Throttling"));
}

const ALL_VERBS: readonly Verb[] = ["create", "change", "tag", "untag", "look", "revoke"];

/** How a code arises on the endpoint by itself. */
function causeOnEndpoint({ code, verb, resource, kind }: Row): Cause | undefined {
  const { action } = VERBS[verb];
  switch (code) {
    case "InvalidPermission.Duplicate":
      return {
        bringAbout: ({ group }) => authorize({ ...place, group }, tcp(443, "10.0.0.0/16", "by hand")),
      };
    case "InvalidGroup.NotFound":
      if (kind.title === OTHER_NETWORK)
        return { args: { cidrIpv4: null, referencedSecurityGroupId: elsewhere } };
      return verb === "create" ? { args: { securityGroupId: NO_GROUP } } : undefined;
    case "InvalidPrefixListID.NotFound":
      return { args: { cidrIpv4: null, prefixListId: NO_LIST } };
    case "InvalidSecurityGroupRuleId.NotFound":
      // A set reads again, and makes the rule anew; DeleteTags ignores a missing rule.
      return resource === "EgressRule" && verb !== "untag" && verb !== "revoke"
        ? { bringAbout: ({ group, rule }) => revoke({ ...place, group }, rule) }
        : undefined;
    case "RequestLimitExceeded":
      return { bringAbout: () => endpoint.throttle({ [action]: { capacity: 0, perSecond: 0 } }) };
    case "RulesPerSecurityGroupLimitExceeded":
      return {
        bringAbout: async ({ group }) => {
          await authorize({ ...place, group }, tcp(1, "10.1.0.0/16"));
          await authorize({ ...place, group }, { IpProtocol: "-1", Ipv6Ranges: [{ CidrIpv6: "::/0" }] });
          await endpoint.quota(2);
        },
      };
    case "UnauthorizedOperation":
      return { bringAbout: () => endpoint.deny([action]) };
    default:
      return undefined;
  }
}

/** How to produce a code that the endpoint never gives. */
function fault({ code, verb, kind, answer: { status, words } }: Row): Cause {
  const { action } = VERBS[verb];
  const times = kind.silent?.includes(verb) ? 1 : 999;
  return {
    bringAbout: (situation) => {
      const message = fill(words, { ...situation, action });
      const befalling = { kind: "errorBefore", code, status, message } as const;
      return endpoint.befall([{ action, times, fault: befalling }]);
    },
  };
}

function run(row: Row) {
  const cause = causeOnEndpoint(row) ?? fault(row);
  return attempt(endpoint, row.resource, row.verb, cause, { "aws:maxRetries": String(RETRIES) });
}

function textOf({ resource, verb, code, answer, kind }: Row, { group, rule }: Situation, more = {}): string {
  const [{ doing, action }, remedy = ""] = [VERBS[verb], kind.remedies[verb]];
  const text = toldText(textFor(doing, resource), code, answer, textFor(remedy, resource));
  const { url } = endpoint;
  return fill(text, {
    ...VALUES,
    endpoint: url,
    group,
    rule,
    action,
    status: String(answer.status),
    ...more,
  });
}

function destinationOf({ code, kind }: Row): string {
  if (kind.title === OTHER_NETWORK) return elsewhere;
  return code === "InvalidPrefixListID.NotFound" ? NO_LIST : VALUES.destination;
}

/** The wait for a group takes two minutes, cut short as soon as it is reported. */
function letTimePass(): jest.SpyInstance {
  const now = Date.now.bind(Date);
  let ahead = 0;
  jest.spyOn(Date, "now").mockImplementation(() => now() + ahead);
  return jest.spyOn(console, "error").mockImplementation(() => {
    ahead = 120_000;
  });
}

describe("the text of a failure", () => {
  strictly.each(rowsFor(({ remedies }) => Object.keys(remedies)))("$code: $resource, $verb", async (row) => {
    const said = letTimePass();
    const destination = destinationOf(row);
    await endpoint.reset();
    const done = await run(row);
    expect(await messageOf(done)).toBe(textOf(row, done, { destination }));

    // This package retries on a missing group, the SDK on busy ones.
    const isWaitedFor = row.kind.title === "The group is not there";
    const tries = (await endpoint.calls()).filter(({ error }) => error === row.code);
    // A set reads its group again, and may find the same thing to do.
    if (row.resource === "EgressRule")
      expect(tries).toHaveLength(row.kind.isRetried || isWaitedFor ? 1 + RETRIES : 1);
    expect(said.mock.calls.flat()).toEqual(
      isWaitedFor
        ? [expect.stringMatching(/' does not exist: waiting up to 2 minutes for it to appear$/)]
        : [],
    );
  });

  strictly.each(rowsFor(({ texts = {} }) => Object.keys(texts)))("$code: $resource, $verb", async (row) => {
    const done = await run(row);
    const [rule = ""] = (await endpoint.rules(done.group)).flatMap(({ FromPort, SecurityGroupRuleId }) =>
      FromPort === 443 ? (SecurityGroupRuleId ?? "") : [],
    );
    const text = textFor(row.kind.texts?.[row.verb] ?? "", row.resource);
    expect(await messageOf(done)).toBe(fill(text, { ...VALUES, group: done.group, rule }));
  });
});

describe("not a failure", () => {
  strictly.each(rowsFor(({ silent = [] }) => silent))("$code: $resource, $verb", async (row) => {
    const { outcome } = await run(row);
    expect(outcome).toBeUndefined();
  });

  const gone = ERRORS.filter(({ title }) => title !== OTHER_NETWORK)
    .flatMap(({ codes }) => Object.entries(codes))
    .filter(([code]) => /^Invalid(SecurityGroupRuleId|Group|SecurityGroupID|GroupId)\./.test(code));

  test.each(gone)("%s treats a missing rule as gone", async (code, answer) => {
    const kind = { title: "", codes: {}, meaning: "", does: "", remedies: {} };
    const { outcome } = await run({ resource: "EgressRule", verb: "look", code, answer, kind });
    expect(outcome).toEqual({ id: "", props: {} });
  });

  test("DryRunOperation, which means that a preflight succeeded", async () => {
    const handler = handlerAt(endpoint, { "aws-egress:preflight": "true" });
    await endpoint.reset();
    const { failures } = await handler.check({}, web());
    expect(failures).toEqual([]);
    expect((await endpoint.calls()).map(({ error }) => error)).toEqual(["DryRunOperation"]);
  });
});

function web(): Props {
  const traffic = { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" };
  return { securityGroupId: place.group, ...traffic, owner: STACK };
}

describe("a failure with an unknown code", () => {
  test.each(RESOURCES)("appears unchanged: %s", async (resource) => {
    const answer = { status: 400, words: "EC2's words" };
    const kind = { title: "", codes: {}, meaning: "", does: "", remedies: {} };
    const done = await run({ resource, verb: "create", code: "SomethingNew", answer, kind });
    expect(await messageOf(done)).toBe(
      `authorizing tcp 443 to 10.0.0.0/16 on ${done.group} (us-east-1): SomethingNew: EC2's words (request id ${VALUES.requestId})`,
    );
  });
});

test("an error prints its message without a stack trace", async () => {
  const { outcome } = await attempt(endpoint, "EgressRule", "look", {
    bringAbout: () => endpoint.deny(["DescribeSecurityGroupRules"]),
  });
  const error = outcome instanceof Error ? outcome : new Error("It did not fail");
  // As the engine prints it.
  expect(`${error}: ${error.stack}`).toBe(`${error.message}: `);
});
