import {
  AuthorizeSecurityGroupEgressCommand,
  type IpPermission,
  type SecurityGroupRule,
  type TagSpecification,
} from "@aws-sdk/client-ec2";
import { ec2, GROUP, ID, RULE, WEB } from "./answering";
import { errorOf, type Handler, handlerOf, type Props } from "./handler";

/** EC2's answer for rules that it creates, with the requested tags. */
const answer = ([specification]: TagSpecification[], rules = [RULE]) => ({
  SecurityGroupRules: rules.map((rule) => ({ ...rule, Tags: specification?.Tags ?? [] })),
});

interface Sent {
  readonly IpPermissions: IpPermission[];
  readonly TagSpecifications: TagSpecification[];
}

let said: jest.SpyInstance;
let handler: Handler;

beforeEach(() => {
  // As time passes: a call waits briefly for others to join it.
  jest.useFakeTimers({ advanceTimers: true });
  said = jest.spyOn(console, "error").mockImplementation(() => {});
  handler = handlerOf({ "aws:region": "us-east-1" });
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const authorize = () => ec2.on(AuthorizeSecurityGroupEgressCommand);
const tries = () => ec2.commandCalls(AuthorizeSecurityGroupEgressCommand).length;

function missing(code: string): Error {
  return Object.assign(new Error(`The security group '${GROUP}' does not exist`), { name: code });
}

/** A create in progress, and its results so far. */
function creating() {
  const state: { made?: Props; error?: Error } = {};
  handler.create(WEB).then(
    (made) => {
      state.made = { ...made };
    },
    (error) => {
      state.error = error;
    },
  );
  return state;
}

describe.each(["InvalidGroup.NotFound", "InvalidSecurityGroupID.NotFound"])("a group that is %s", (code) => {
  test("causes a wait, and the rule is created when the group appears", async () => {
    authorize().rejects(missing(code));
    const state = creating();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(state).toEqual({});
    authorize().callsFake(async ({ TagSpecifications }) => answer(TagSpecifications));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(state).toMatchObject({ made: { id: ID } });
  });

  test("fails if the group has not appeared after two minutes", async () => {
    authorize().rejects(missing(code));
    const state = creating();
    await jest.advanceTimersByTimeAsync(100_000);
    expect(state).toEqual({});
    await jest.advanceTimersByTimeAsync(20_000);
    expect(state.error?.message).toContain(
      `authorizing tcp 443 to 10.0.0.0/16 on ${GROUP} (us-east-1): ${code}: The security group`,
    );
    expect(state.error?.message).toContain("Check the group's id and that it is in us-east-1.");
    // Neither so fast that EC2 would throttle all calls, nor so slow that `up` waits for nothing.
    expect(tries()).toBeGreaterThan(10);
    expect(tries()).toBeLessThan(20);
    await jest.advanceTimersByTimeAsync(600_000);
    expect(tries()).toBeLessThan(20);
  });

  test("is reported once, not at every try", async () => {
    authorize().rejects(missing(code));
    creating();
    await jest.advanceTimersByTimeAsync(120_000);
    expect(said.mock.calls).toEqual([
      [`The security group '${GROUP}' does not exist: waiting up to 2 minutes for it to appear`],
    ]);
  });
});

test("does not reveal a secret group, and shows EC2's text safely", async () => {
  authorize().rejects(
    Object.assign(new Error(`No such group: ${GROUP}\u001b[2J`), { name: "InvalidGroup.NotFound" }),
  );
  const failing = errorOf(handler.create({ ...WEB, __secrets: ["securityGroupId"] }));
  await jest.advanceTimersByTimeAsync(130_000);
  expect((await failing).message).toContain("No such group: [secret]\\u001b[2J");
  expect(said.mock.calls).toEqual([
    ["No such group: [secret]\\u001b[2J: waiting up to 2 minutes for it to appear"],
  ]);
});

test("an existing group needs no wait", async () => {
  authorize().callsFake(async ({ TagSpecifications }) => answer(TagSpecifications));
  expect(await handler.create(WEB)).toMatchObject({ id: ID });
  expect(said).not.toHaveBeenCalled();
});

test.each(["InvalidGroupId.Malformed", "InvalidParameterValue", "UnauthorizedOperation"])(
  "%s is no reason to wait",
  async (code) => {
    authorize().rejects(missing(code));
    expect((await errorOf(handler.create(WEB))).message).toContain(code);
    expect(tries()).toBe(1);
    expect(said).not.toHaveBeenCalled();
  },
);

test("an error after the wait appears as usual", async () => {
  authorize().rejectsOnce(missing("InvalidGroup.NotFound")).rejects(missing("UnauthorizedOperation"));
  const state = creating();
  await jest.advanceTimersByTimeAsync(5_000);
  expect(state.error?.message).toContain("Allow ec2:AuthorizeSecurityGroupEgress");
});

describe("among rules created at once,", () => {
  const LOST = "sg-00000000000000bad";
  const OTHER = "sg-00000000000000000";

  const many = Array.from({ length: 20 }, (_, at) => ({ ...WEB, fromPort: at }));
  const { cidrIpv4: _, ...toGroup } = WEB;
  const lost = { ...toGroup, referencedSecurityGroupId: LOST };
  const others = { ...toGroup, referencedSecurityGroupId: OTHER };

  /** Creates them all, except those that lead to the missing group. */
  function refuseLost(message: string): void {
    authorize().callsFake(async ({ IpPermissions, TagSpecifications }: Sent) => {
      const isLost = ({ UserIdGroupPairs }: IpPermission) => UserIdGroupPairs?.[0]?.GroupId === LOST;
      if (IpPermissions.some(isLost)) {
        const $metadata = { httpStatusCode: 400 };
        throw Object.assign(new Error(message), { name: "InvalidGroup.NotFound", $metadata });
      }
      return answer(TagSpecifications, IpPermissions.map(madeOf));
    });
  }

  function madeOf({ IpRanges, UserIdGroupPairs, ...range }: IpPermission): SecurityGroupRule {
    const GroupId = UserIdGroupPairs?.[0]?.GroupId;
    const destination = GroupId === undefined ? {} : { ReferencedGroupInfo: { GroupId } };
    return {
      ...RULE,
      CidrIpv4: IpRanges?.[0]?.CidrIp,
      SecurityGroupRuleId: `sgr-${range.FromPort}`,
      ...range,
      ...destination,
    };
  }

  test.each([
    ["named", `The security group '${LOST}' does not exist`],
    ["not named", "You have specified two resources that belong to different networks."],
  ])("one that leads to a missing group, which is %s, does not stop the others", async (_, text) => {
    refuseLost(text);
    const failing = errorOf(handler.create(lost));
    const made = await Promise.all([...many, others].map((rule) => handler.create(rule)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(21);
    expect(tries()).toBeLessThanOrEqual(8);
    await jest.advanceTimersByTimeAsync(130_000);
    expect((await failing).message).toContain(
      `authorizing tcp 443 to ${LOST} on ${GROUP} (us-east-1): InvalidGroup.NotFound: ${text}`,
    );
  });

  test("no error reveals another's secret", async () => {
    refuseLost(`The security group '${LOST}' does not exist`);
    const hidden = { ...lost, __secrets: ["referencedSecurityGroupId"] };
    const [before, after] = [many.slice(0, 10), many.slice(10)];
    const making = [...before, hidden, ...after].map((rule) => handler.create(rule).catch(() => {}));
    await jest.advanceTimersByTimeAsync(130_000);
    await Promise.all(making);
    expect(said.mock.calls).toEqual([
      [expect.stringContaining("The security group '[secret]' does not exist")],
    ]);
  });

  test("all wait for their group together, with one line", async () => {
    const $metadata = { httpStatusCode: 400 };
    authorize().rejectsOnce(Object.assign(missing("InvalidGroup.NotFound"), { $metadata }));
    const creating = Promise.all(many.map((rule) => handler.create(rule)));
    await jest.advanceTimersByTimeAsync(500);
    authorize().callsFake(async ({ IpPermissions, TagSpecifications }: Sent) =>
      answer(TagSpecifications, IpPermissions.map(madeOf)),
    );
    await jest.advanceTimersByTimeAsync(5_000);
    expect(await creating).toHaveLength(20);
    expect(tries()).toBe(2);
    expect(said).toHaveBeenCalledTimes(1);
  });
});
