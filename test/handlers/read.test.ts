import {
  AuthorizeSecurityGroupIngressCommand,
  DeleteSecurityGroupCommand,
  type SecurityGroupRuleRequest,
  UpdateSecurityGroupRuleDescriptionsEgressCommand,
} from "@aws-sdk/client-ec2";
import { DESCRIBE, MODIFY } from "../actions";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import {
  change,
  failureOf,
  type Handler,
  handlerAt,
  make,
  PROVIDER_LINE,
  type Props,
  recorded,
  refresh,
} from "./handler";
import {
  authorize,
  clear,
  destination,
  KINDS,
  type Kind,
  makePlace,
  modify,
  OWNER,
  OWNER_TAG,
  otherDestination,
  type Place,
  removeTag,
  revoke,
  setTag,
  tcp,
} from "./place";

let handler: Handler;
let place: Place;

beforeAll(async () => {
  handler = handlerAt(endpoint);
  place = await makePlace(endpoint);
});

beforeEach(() => clear(place));

afterEach(() => endpoint.deny([]));

function declare(kind: Kind, more: Props = {}): Props {
  return {
    securityGroupId: place.group,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    ...destination(kind, place),
    description: "declared",
    tags: { Stage: "test", Team: "web" },
    owner: OWNER,
    ...more,
  };
}

/** The destination as Modify takes it, which has to be told it with every change. */
function requested(args: Props): SecurityGroupRuleRequest {
  const { cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId } = args;
  const entries = Object.entries({
    CidrIpv4: cidrIpv4,
    CidrIpv6: cidrIpv6,
    PrefixListId: prefixListId,
    ReferencedGroupId: referencedSecurityGroupId,
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

interface Drift {
  readonly name: string;
  /** What someone does to the rule. */
  readonly happens: (id: string, kind: Kind) => Promise<void>;
  /** What a refresh finds changed in state. */
  readonly found: (kind: Kind) => Props;
  /** What `up` then does to put it right. */
  readonly mends: readonly string[];
}

const TCP_443 = { IpProtocol: "tcp", FromPort: 443, ToPort: 443, Description: "declared" };

async function describeAgain(id: string, Description?: string): Promise<void> {
  const text = Description === undefined ? {} : { Description };
  await place.ec2.send(
    new UpdateSecurityGroupRuleDescriptionsEgressCommand({
      GroupId: place.group,
      SecurityGroupRuleDescriptions: [{ SecurityGroupRuleId: id, ...text }],
    }),
  );
}

const DRIFTS: readonly Drift[] = [
  {
    name: "ports",
    happens: (id, kind) =>
      modify(place, id, { ...TCP_443, ...requested(destination(kind, place)), FromPort: 1, ToPort: 2 }),
    found: () => ({ fromPort: 1, toPort: 2 }),
    mends: [MODIFY],
  },
  {
    name: "the protocol",
    happens: (id, kind) =>
      modify(place, id, { ...TCP_443, ...requested(destination(kind, place)), IpProtocol: "udp" }),
    found: () => ({ ipProtocol: "udp" }),
    mends: [MODIFY],
  },
  {
    name: "the description",
    happens: (id) => describeAgain(id, "by hand"),
    found: () => ({ description: "by hand" }),
    mends: ["UpdateSecurityGroupRuleDescriptionsEgress"],
  },
  {
    name: "the description, removed",
    happens: (id) => describeAgain(id),
    found: () => ({ description: undefined }),
    mends: ["UpdateSecurityGroupRuleDescriptionsEgress"],
  },
  {
    name: "a tag, added",
    happens: (id) => setTag(place, id, "By", "hand"),
    found: () => {
      const tags = { By: "hand", Stage: "test", Team: "web" };
      return { tags, tagsAll: tags };
    },
    mends: ["DeleteTags"],
  },
  {
    name: "a tag, changed",
    happens: (id) => setTag(place, id, "Team", "ops"),
    found: () => {
      const tags = { Stage: "test", Team: "ops" };
      return { tags, tagsAll: tags };
    },
    mends: ["CreateTags"],
  },
  {
    name: "a tag, removed",
    happens: (id) => removeTag(place, id, "Team"),
    found: () => ({ tags: { Stage: "test" }, tagsAll: { Stage: "test" } }),
    mends: ["CreateTags"],
  },
];

describe.each(KINDS)("a rule to %s", (kind) => {
  const isRange = kind === "IPv4" || kind === "IPv6";

  (isRange ? test : strictly)("is read by one call, as it was made", async () => {
    const made = await make(handler, declare(kind));
    const { result, actions } = await recorded(endpoint, () => refresh(handler, made));
    expect(actions).toEqual([DESCRIBE]);
    expect(result).toEqual(made);
  });

  (isRange ? test : strictly)("is found gone", async () => {
    const made = await make(handler, declare(kind));
    await revoke(place, made.id);
    const { result, actions } = await recorded(endpoint, () => handler.read(made.id, made.outs));
    expect(actions).toEqual([DESCRIBE]);
    expect(result).toEqual({ id: "", props: {} });
  });

  describe.each(DRIFTS)("that has drifted: $name", ({ name, happens, found, mends }) => {
    const isMotos = kind === "IPv4" && !name.startsWith("the description");

    (isMotos ? test : strictly)("is read as it is now, and put right by the next `up`", async () => {
      const args = declare(kind);
      const made = await make(handler, args);
      const [held] = await place.rules();
      await happens(made.id, kind);

      const read = known(await refresh(handler, made));
      const changed = Object.entries({ ...made.outs, ...found(kind) }).filter(
        ([, part]) => part !== undefined,
      );
      expect(read.outs).toEqual(Object.fromEntries(changed));
      const { securityGroupRuleId: _, arn: __, ...inputs } = read.outs;
      expect(read.inputs).toEqual(inputs);

      const { result, actions } = await recorded(endpoint, () => change(handler, read, args));
      expect(actions).toEqual(mends);
      expect(result.outs).toEqual(made.outs);
      expect(await place.rules()).toEqual([held]);
    });
  });

  (kind === "IPv4" ? test : strictly)("that leads elsewhere now is read as it is now", async () => {
    // Modify cannot name another's account, so that only a replacement leads back to its group.
    const made = await make(handler, declare(kind));
    const other = otherDestination(kind, place);
    await modify(place, made.id, { ...TCP_443, ...requested(other) });
    const read = known(await refresh(handler, made));
    expect(read.outs).toMatchObject(other);
    expect(read.inputs).toMatchObject(other);
    // Both groups are of the rule's own account now.
    expect(read.outs).not.toHaveProperty("referencedSecurityGroupOwnerId");
    if (kind === "another account's group") return;
    const { actions } = await recorded(endpoint, () => change(handler, read, declare(kind)));
    expect(actions).toEqual([MODIFY]);
    expect(await refresh(handler, made)).toEqual(made);
  });
});

test("a rule whose group is gone is gone", async () => {
  const own = await makePlace(endpoint);
  const made = await make(handler, declare("IPv4", { securityGroupId: own.group }));
  await own.ec2.send(new DeleteSecurityGroupCommand({ GroupId: own.group }));
  expect(await refresh(handler, made)).toBeUndefined();
});

describe("the mark", () => {
  test("of another makes the rule that other's: it is gone from state, and no delete takes it away", async () => {
    const made = await make(handler, declare("IPv4"));
    await setTag(place, made.id, OWNER_TAG, "shop/prod/api");
    expect(await refresh(handler, made)).toBeUndefined();
    await handler.delete(made.id, made.outs);
    expect(await place.rules()).toHaveLength(1);
  });

  test("that is ours, renewed, is taken into state", async () => {
    const made = await make(handler, declare("IPv4"));
    await setTag(place, made.id, OWNER_TAG, `${OWNER}@0123abcd`);
    expect(known(await refresh(handler, made)).outs.owner).toBe(`${OWNER}@0123abcd`);
  });

  test("that is lost is missed, and written again by the next `up`", async () => {
    const made = await make(handler, declare("IPv4"));
    await removeTag(place, made.id, OWNER_TAG);
    const read = known(await refresh(handler, made));
    expect(read.outs).not.toHaveProperty("owner");
    expect(read.inputs).not.toHaveProperty("owner");
    const { result, actions } = await recorded(endpoint, () => change(handler, read, declare("IPv4")));
    expect(actions).toEqual(["DescribeSecurityGroupRules", "CreateTags"]);
    expect(result.outs).toEqual(made.outs);
    expect((await place.rules())[0]?.tags).toEqual({ Stage: "test", Team: "web", [OWNER_TAG]: OWNER });
  });

  test("is no tag of the rule's own", async () => {
    const made = await make(handler, declare("IPv4"));
    expect(JSON.stringify(known(await refresh(handler, made)))).not.toContain(OWNER_TAG);
  });
});

describe("default tags of the stack", () => {
  const tagged = (tags: Props) => handlerAt(endpoint, { "aws:defaultTags": JSON.stringify({ tags }) });

  test("are told apart from those declared on the rule", async () => {
    const made = await make(tagged({ Cost: "1", Team: "web" }), declare("IPv4", { tags: { Team: "web" } }));
    const read = known(await refresh(tagged({ Cost: "1", Team: "web" }), made));
    expect(read.outs).toMatchObject({ tags: { Team: "web" }, tagsAll: { Cost: "1", Team: "web" } });
    expect(read).toEqual(made);
  });

  test("that were changed on the rule are drift", async () => {
    const args = declare("IPv4", { tags: { Team: "web" } });
    const stack = tagged({ Cost: "1" });
    const made = await make(stack, args);
    await setTag(place, made.id, "Cost", "2");
    const read = known(await refresh(stack, made));
    const tags = { Cost: "2", Team: "web" };
    expect(read.outs).toMatchObject({ tags, tagsAll: tags });
    const { result, actions } = await recorded(endpoint, () => change(stack, read, args));
    expect(actions).toEqual(["CreateTags"]);
    expect(result.outs).toEqual(made.outs);
  });
});

describe("get, by the id alone", () => {
  const line = { __provider: PROVIDER_LINE };

  strictly.each(KINDS)("reads a rule to %s whole", async (kind) => {
    const { id, outs, inputs } = await make(handler, declare(kind));
    const { owner: _, ...props } = outs;
    const { owner: __, ...args } = inputs;
    const found = { props: { ...without(props), readOnly: true }, inputs: without(args) };
    expect(await handler.read(id, line)).toEqual({ id, ...found });
    // Whose it is does not matter to who only reads it.
    expect(await handler.read(id, found.props)).toMatchObject({ id, ...found });
  });

  test("reads a rule that no program has made", async () => {
    const id = await authorize(place, tcp(25, "10.1.0.0/16", "mail & more"), { Team: "ops" });
    const { props } = await handler.read(id, line);
    expect(props).toEqual({
      securityGroupId: place.group,
      ipProtocol: "tcp",
      fromPort: 25,
      toPort: 25,
      cidrIpv4: "10.1.0.0/16",
      description: "mail & more",
      tags: { Team: "ops" },
      tagsAll: { Team: "ops" },
      region: "us-east-1",
      securityGroupRuleId: id,
      arn: expect.stringContaining(id),
      readOnly: true,
    });
  });

  test("reads in the Region that is given", async () => {
    const { id } = await make(handler, declare("IPv4"));
    const message = await failureOf(handler.read(id, { ...line, region: "eu-west-1" }));
    expect(message).toBe(`reading rule "${id}": eu-west-1 has no such rule: check its id and its Region`);
  });

  test("of a rule that has gone since finds none", async () => {
    const { id } = await make(handler, declare("IPv4"));
    const { props } = await handler.read(id, line);
    await revoke(place, id);
    expect(await handler.read(id, props)).toEqual({ id: "", props: {} });
  });

  test.each([
    ["web", '"web" is not the id of a security group rule: it looks like "sgr-0123456789abcdef0"'],
    ["sg-0123456789abcdef0", '"sg-0123456789abcdef0" is not the id of a security group rule'],
    ["sgr-0123456789ABCDEF0", "is not the id of a security group rule"],
  ])("of %s fails, without a call", async (id, reason) => {
    await endpoint.reset();
    const message = await failureOf(handler.read(id, line));
    expect(message).toContain("reading an outbound rule: ");
    expect(message).toContain(reason);
    expect(await endpoint.calls()).toEqual([]);
  });

  test("of an inbound rule fails, as inbound", async () => {
    const IpPermissions = [tcp(443, "10.0.0.0/16")];
    const request = new AuthorizeSecurityGroupIngressCommand({ GroupId: place.other, IpPermissions });
    const { SecurityGroupRules: [rule] = [] } = await place.ec2.send(request);
    const id = known(rule?.SecurityGroupRuleId);
    expect(await failureOf(handler.read(id, line))).toBe(`reading rule "${id}": it is an inbound rule`);
  });
});

strictly("the rule's own account, where a program names it, is no drift", async () => {
  const ownGroup = { ...destination("a group", place), referencedSecurityGroupOwnerId: "123456789012" };
  const { cidrIpv4: _, ...args } = declare("IPv4", ownGroup);
  const made = await make(handler, args);
  expect(made.outs).toMatchObject(ownGroup);
  expect(await refresh(handler, made)).toEqual(made);
});

test("without the right to read, the error names it", async () => {
  const made = await make(handler, declare("IPv4"));
  await endpoint.deny([DESCRIBE]);
  const message = await failureOf(refresh(handler, made));
  expect(message).toContain(`reading rule ${made.id} (us-east-1): UnauthorizedOperation`);
  expect(message).toContain(`Allow ec2:${DESCRIBE} to the credentials in use.`);
});

/** As a handler returns it: the engine adds the line. */
function without({ __provider: _, ...props }: Props): Props {
  return props;
}
