import { MODIFY } from "../actions";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import {
  change,
  checked,
  failureOf,
  type Handler,
  handlerAt,
  make,
  type Props,
  recorded,
  refresh,
} from "./handler";
import { place } from "./ownPlace";
import {
  authorize,
  destination,
  KINDS,
  type Kind,
  OWNER,
  OWNER_TAG,
  otherDestination,
  revoke,
  tcp,
} from "./place";

let handler: Handler;

beforeAll(() => {
  handler = handlerAt(endpoint);
});

/** A rule as a program declares it, apart from its destination. */
const BEFORE = {
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  description: "before",
  tags: { Stage: "test", Team: "web" },
};

interface Change {
  readonly name: string;
  /** What the program says before and after. */
  readonly before: Props;
  readonly after: Props;
  readonly calls: readonly string[];
}

const { description: _, ...UNDESCRIBED } = BEFORE;
const { tags: __, ...UNTAGGED } = BEFORE;

const CHANGES: readonly Change[] = [
  { name: "nothing", before: BEFORE, after: BEFORE, calls: [] },
  { name: "ports", before: BEFORE, after: { ...BEFORE, fromPort: 8000, toPort: 8999 }, calls: [MODIFY] },
  { name: "the protocol", before: BEFORE, after: { ...BEFORE, ipProtocol: "udp" }, calls: [MODIFY] },
  {
    name: "the protocol, to one without ports",
    before: BEFORE,
    after: { ...BEFORE, ipProtocol: "-1" },
    calls: [MODIFY],
  },
  {
    name: "ports and the description",
    before: BEFORE,
    after: { ...BEFORE, toPort: 444, description: "after" },
    calls: [MODIFY],
  },
  {
    name: "ports, with the description removed",
    before: BEFORE,
    after: { ...UNDESCRIBED, toPort: 444 },
    calls: [MODIFY],
  },
  {
    name: "the description",
    before: BEFORE,
    after: { ...BEFORE, description: "after" },
    calls: [MODIFY],
  },
  { name: "the description, now set", before: UNDESCRIBED, after: BEFORE, calls: [MODIFY] },
  { name: "the description, now removed", before: BEFORE, after: UNDESCRIBED, calls: [MODIFY] },
  { name: "tags, now set", before: UNTAGGED, after: BEFORE, calls: ["CreateTags"] },
  {
    name: "the value of a tag",
    before: BEFORE,
    after: { ...BEFORE, tags: { Stage: "test", Team: "platform" } },
    calls: ["CreateTags"],
  },
  {
    name: "a tag, now removed",
    before: BEFORE,
    after: { ...BEFORE, tags: { Team: "web" } },
    calls: ["DeleteTags"],
  },
  { name: "all tags, now removed", before: BEFORE, after: UNTAGGED, calls: ["DeleteTags"] },
  {
    name: "everything that can change in place",
    before: BEFORE,
    after: { ...BEFORE, toPort: 444, description: "after", tags: { Team: "platform", Tier: "1" } },
    calls: [MODIFY, "CreateTags", "DeleteTags"],
  },
];

function declare(kind: Kind, rule: Props): Props {
  return { securityGroupId: place.group, owner: OWNER, ...destination(kind, place), ...rule };
}

/** What EC2 has to hold of arguments: ports as -1 where there are none, and the mark among the tags. */
function heldOf({ securityGroupId, owner, tags, ...rule }: Props, id: string): Props {
  const ports = rule.ipProtocol === "-1" ? { fromPort: -1, toPort: -1 } : {};
  return { securityGroupRuleId: id, ...rule, ...ports, tags: { ...Object(tags), [OWNER_TAG]: owner } };
}

describe.each(KINDS)("of a rule to %s", (kind) => {
  describe.each(CHANGES)("$name", ({ before, after, calls }) => {
    const removesText = before.description !== undefined && after.description === undefined;
    const motoCan = kind === "IPv4" && after.ipProtocol !== "-1" && !removesText;
    const onKind = motoCan ? test : strictly;

    onKind(`changes in place, by ${calls.join(" and ") || "no call at all"}`, async () => {
      const made = await make(handler, declare(kind, before));
      const args = declare(kind, after);
      const { result, actions } = await recorded(endpoint, () => change(handler, made, args));

      expect(actions).toEqual(calls);
      expect(result.id).toBe(made.id);
      expect(await place.rules()).toEqual([heldOf(args, made.id)]);
      expect(result.outs).toEqual({
        ...result.inputs,
        securityGroupRuleId: made.id,
        arn: made.outs.arn,
      });
      // Neither a refresh nor the next `up` finds anything more to do.
      expect(await refresh(handler, result)).toEqual(result);
      expect((await recorded(endpoint, () => change(handler, result, args))).actions).toEqual([]);
    });
  });

  const onKind = kind === "IPv4" ? test : strictly;

  onKind("the destination changes in place, by one call", async () => {
    const made = await make(handler, declare(kind, BEFORE));
    const args = { securityGroupId: place.group, owner: OWNER, ...BEFORE, ...otherDestination(kind, place) };
    const { result, actions } = await recorded(endpoint, () => change(handler, made, args));
    expect(actions).toEqual([MODIFY]);
    expect(await place.rules()).toEqual([heldOf(args, made.id)]);
    expect(await refresh(handler, result)).toEqual(result);
  });
});

describe("an update", () => {
  test("of the stack's default tags reaches the rule", async () => {
    const stack = (tags: Props) => handlerAt(endpoint, { "aws:defaultTags": JSON.stringify({ tags }) });
    const args = declare("IPv4", BEFORE);
    const made = await make(stack({ Stage: "prod", Cost: "1" }), args);
    const after = stack({ Stage: "prod", Cost: "2" });
    const { result, actions } = await recorded(endpoint, () => change(after, made, args));
    expect(actions).toEqual(["CreateTags"]);
    expect(result.outs).toMatchObject({ tags: BEFORE.tags, tagsAll: { ...BEFORE.tags, Cost: "2" } });
    expect(await place.rules()).toMatchObject([
      { tags: { Cost: "2", Stage: "test", Team: "web", [OWNER_TAG]: OWNER } },
    ]);
    expect(await refresh(after, result)).toEqual(result);
  });

  test("marks a rule that has no mark yet, once it has seen that it still has none", async () => {
    const { owner: _, ...unmarked } = declare("IPv4", BEFORE);
    const made = await make(handler, unmarked);
    const { result, actions } = await recorded(endpoint, () =>
      change(handler, made, declare("IPv4", BEFORE)),
    );
    expect(actions).toEqual(["DescribeSecurityGroupRules", "CreateTags"]);
    expect(result.outs.owner).toBe(OWNER);
    expect(await place.rules()).toEqual([heldOf(declare("IPv4", BEFORE), made.id)]);
  });

  test("keeps the mark where the stack marks no rules any more", async () => {
    const made = await make(handler, declare("IPv4", BEFORE));
    const { owner: _, ...unmarked } = declare("IPv4", { ...BEFORE, tags: { Team: "web" } });
    const { result, actions } = await recorded(endpoint, () => change(handler, made, unmarked));
    expect(actions).toEqual(["DeleteTags"]);
    expect(result.outs.owner).toBe(OWNER);
    expect(await place.rules()).toMatchObject([{ tags: { Team: "web", [OWNER_TAG]: OWNER } }]);
  });

  test("leaves a rule without a mark where neither state nor stack has one", async () => {
    const { owner: _, ...unmarked } = declare("IPv4", BEFORE);
    const made = await make(handler, unmarked);
    const result = await change(handler, made, { ...unmarked, toPort: 444 });
    expect(result.outs).toMatchObject({ toPort: 444 });
    expect(result.outs).not.toHaveProperty("owner");
    expect(await place.rules()).toMatchObject([{ toPort: 444, tags: BEFORE.tags }]);
  });

  test("writes a new mark along with another change", async () => {
    const made = await make(handler, declare("IPv4", BEFORE));
    const args = { ...declare("IPv4", { ...BEFORE, tags: { ...BEFORE.tags, Team: "platform" } }) };
    const renamed = { ...args, owner: "shop/test/renamed" };
    const { result, actions } = await recorded(endpoint, () => change(handler, made, renamed));
    expect(actions).toEqual(["CreateTags"]);
    expect(result.outs.owner).toBe("shop/test/renamed");
    expect(await place.rules()).toEqual([heldOf(renamed, made.id)]);
  });

  test("without any difference leaves its state whole", async () => {
    const made = await make(handler, declare("IPv4", BEFORE));
    const { result, actions } = await recorded(endpoint, () =>
      handler.update(made.id, made.outs, made.inputs),
    );
    expect(actions).toEqual([]);
    expect({ ...result.outs, __provider: made.outs.__provider }).toEqual(made.outs);
  });

  test("of a rule that is gone says so, and what to do", async () => {
    const made = await make(handler, declare("IPv4", BEFORE));
    await revoke(place, made.id);
    const args = declare("IPv4", { ...BEFORE, toPort: 444 });
    const message = await failureOf(change(handler, made, args));
    expect(message).toContain(`changing rule ${made.id} to tcp 443-444 to 10.0.0.0/16 on ${place.group}`);
    expect(message).toContain("InvalidSecurityGroupRuleId.NotFound");
    expect(message).toContain("run `pulumi refresh`, then `pulumi up`");
  });
});

describe("becoming the same as another rule", () => {
  strictly("fails with the other's id, description and tags, and changes nothing", async () => {
    const other = await authorize(place, tcp(444, "10.0.0.0/16", "by hand"), { Team: "ops" });
    const made = await make(handler, declare("IPv4", BEFORE));
    const held = await place.rules();
    const args = declare("IPv4", { ...BEFORE, fromPort: 444, toPort: 444 });
    const message = await failureOf(change(handler, made, args));
    expect(message).toContain("InvalidPermission.Duplicate");
    expect(message).toContain(`It is ${other}: description "by hand", tags {"Team":"ops"}, owner none.`);
    expect(await place.rules()).toEqual(held);
  });

  strictly("is not mended by adopt, and so not told to be", async () => {
    await authorize(place, tcp(444, "10.0.0.0/16"));
    const made = await make(handler, declare("IPv4", BEFORE));
    const args = declare("IPv4", { ...BEFORE, fromPort: 444, toPort: 444 });
    const message = await failureOf(change(handler, made, { ...args, adopt: true }));
    expect(message).toContain("Only a new resource can adopt a rule");
    expect(message).not.toContain("set adopt");
  });

  strictly("names the owner of the other rule", async () => {
    const args = declare("IPv4", { ...BEFORE, fromPort: 444, toPort: 444 });
    const other = await make(handler, { ...args, owner: "shop/prod/api" });
    const made = await make(handler, declare("IPv4", BEFORE));
    const message = await failureOf(change(handler, made, args));
    expect(message).toContain(`It is ${other.id}:`);
    expect(message).toContain('owner "shop/prod/api".');
  });
});

test("check makes no call for an update", async () => {
  const made = await make(handler, declare("IPv4", BEFORE));
  const args = declare("IPv4", { ...BEFORE, toPort: 444 });
  const { actions } = await recorded(endpoint, () => checked(handler, args, made.inputs));
  expect(actions).toEqual([]);
});
