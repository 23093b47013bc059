import { strictly } from "../strictly";
import { endpoint } from "../world";
import { failureOf, type Handler, handlerAt, make, type Props, recorded, refresh } from "./handler";
import { place } from "./ownPlace";
import { CLAIM, destination, KINDS, OWNER_TAG, STACK } from "./place";

let handler: Handler;

beforeAll(() => {
  handler = handlerAt(endpoint);
});

afterEach(() => endpoint.deny([]));

function web(more: Props = {}): Props {
  return {
    securityGroupId: place.group,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    owner: STACK,
    ...more,
  };
}

describe.each(KINDS)("a rule to %s", (kind) => {
  const isRange = kind === "IPv4" || kind === "IPv6";
  const onKind = isRange ? test : strictly;

  onKind("is created by one call, with its description, tags and claim", async () => {
    const text = { description: "package updates" };
    const tags = { Stage: "test", Team: "web" };
    const args = web({ ...destination(kind, place), ...text, tags });
    const { result, actions } = await recorded(endpoint, () => make(handler, args));
    const { id, outs } = result;

    expect(actions).toEqual(["AuthorizeSecurityGroupEgress"]);
    expect(id).toMatch(/^sgr-/);
    expect(outs).toEqual({
      ...args,
      tagsAll: tags,
      region: "us-east-1",
      claim: CLAIM,
      securityGroupRuleId: id,
      arn: expect.stringMatching(new RegExp(`^arn:aws:ec2:us-east-1:\\d*:security-group-rule/${id}$`)),
      __provider: expect.any(String),
    });
    expect(await place.rules()).toEqual([
      {
        securityGroupRuleId: id,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        ...destination(kind, place),
        ...text,
        tags: { ...tags, [OWNER_TAG]: CLAIM },
      },
    ]);
  });

  onKind("reads back unchanged", async () => {
    const args = web({ ...destination(kind, place), description: "package updates", tags: { Team: "web" } });
    const made = await make(handler, args);
    expect(await refresh(handler, made)).toEqual(made);
  });

  onKind("needs no description, tags or claim", async () => {
    const { owner: _, ...args } = web(destination(kind, place));
    await endpoint.reset();
    const made = await make(handler, args);
    const [call] = await endpoint.calls();
    expect(Object.keys(call?.params ?? {}).join()).not.toMatch(/Tag|Description/);
    expect(made.outs).not.toHaveProperty("owner");
    expect(made.outs).not.toHaveProperty("claim");
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: made.id, tags: {} }]);
    expect(await refresh(handler, made)).toEqual(made);
  });
});

describe("a rule for", () => {
  test.each<[string, Props]>([
    ["udp ports", { ipProtocol: "udp", fromPort: 1024, toPort: 65535 }],
    ["an icmp type and code", { ipProtocol: "icmp", fromPort: 8, toPort: 0 }],
    ["every icmp type", { ipProtocol: "icmp", fromPort: -1, toPort: -1 }],
  ])("%s reads back unchanged", async (_, traffic) => {
    const made = await make(handler, { ...web({ cidrIpv4: "10.0.0.0/16" }), ...traffic });
    expect(await place.rules()).toMatchObject([traffic]);
    expect(await refresh(handler, made)).toEqual(made);
  });

  strictly.each<[string, Props, Props]>([
    ["all traffic", { ipProtocol: "-1" }, { ipProtocol: "-1" }],
    ["all traffic, with ports", { ipProtocol: -1, fromPort: 1, toPort: 2 }, { ipProtocol: "-1" }],
    ["a protocol without ports", { ipProtocol: 50, fromPort: 0, toPort: 0 }, { ipProtocol: "50" }],
    ["all icmpv6", { ipProtocol: "icmpv6" }, { ipProtocol: "icmpv6", fromPort: -1, toPort: -1 }],
    [
      "a named icmp type",
      { ipProtocol: "icmpv6", icmp: { type: "echo-request", code: 0 } },
      { ipProtocol: "icmpv6", fromPort: 128, toPort: 0 },
    ],
  ])("%s is stored without what EC2 ignores, and reads back unchanged", async (_, traffic, kept) => {
    const rule = { securityGroupId: place.group, cidrIpv6: "2001:db8::/32", owner: STACK };
    const made = await make(handler, { ...rule, ...traffic });
    expect(made.outs).toMatchObject({ ...rule, ...kept });
    for (const port of ["fromPort", "toPort"]) {
      expect([port, made.outs[port]]).toEqual([port, kept[port]]);
    }
    expect(await place.rules()).toMatchObject([{ fromPort: -1, toPort: -1, ...kept }]);
    expect(await refresh(handler, made)).toEqual(made);
  });

  test("a destination in another spelling is stored in EC2's spelling", async () => {
    const made = await make(handler, web({ ipProtocol: "6", cidrIpv4: "100.68.0.18/18" }));
    expect(made.outs).toMatchObject({ ipProtocol: "tcp", cidrIpv4: "100.68.0.0/18" });
    expect(await place.rules()).toMatchObject([{ ipProtocol: "tcp", cidrIpv4: "100.68.0.0/18" }]);
    expect(await refresh(handler, made)).toEqual(made);
  });

  test("a rule gets the stack's default tags, and its own tags override them", async () => {
    const tagged = handlerAt(endpoint, {
      "aws:defaultTags": JSON.stringify({ tags: { Stage: "test", Team: "platform" } }),
    });
    const made = await make(tagged, web({ cidrIpv4: "10.0.0.0/16", tags: { Team: "web" } }));
    expect(made.outs).toMatchObject({ tags: { Team: "web" }, tagsAll: { Stage: "test", Team: "web" } });
    expect(await place.rules()).toMatchObject([{ tags: { Stage: "test", Team: "web", [OWNER_TAG]: CLAIM } }]);
    expect(await refresh(tagged, made)).toEqual(made);
  });
});

test("rules of one run share a claim, and the next run has a different one", async () => {
  const run = handlerAt(endpoint);
  await make(run, web({ cidrIpv4: "10.0.0.0/16" }));
  await make(run, web({ cidrIpv4: "10.1.0.0/16" }));
  await make(handlerAt(endpoint), web({ cidrIpv4: "10.2.0.0/16" }));
  const [first, second, third] = (await place.rules()).map(({ tags }) => tags[OWNER_TAG]);
  expect(first).toEqual(CLAIM);
  expect(second).toBe(first);
  expect(third).toEqual(CLAIM);
  expect(third).not.toBe(first);
});

test("a rule goes to its own Region rather than the stack's", async () => {
  const [securityGroupId = ""] = await endpoint.makeGroups(1, "eu-west-1");
  const args = web({ securityGroupId, region: "eu-west-1", cidrIpv4: "10.0.0.0/16" });
  const made = await make(handler, args);
  expect(made.outs.arn).toContain(":eu-west-1:");
  expect(await refresh(handler, made)).toEqual(made);
  await handler.delete(made.id, made.outs);
  expect(await endpoint.rules(securityGroupId, "eu-west-1")).toMatchObject([{ IpProtocol: "-1" }]);
});

describe("EC2 refuses", () => {
  test("a caller without permission: the error names the action, and that tags need one too", async () => {
    await endpoint.deny(["AuthorizeSecurityGroupEgress"]);
    const message = await failureOf(make(handler, web({ cidrIpv4: "10.0.0.0/16" })));
    expect(message).toContain(`authorizing tcp 443 to 10.0.0.0/16 on ${place.group} (us-east-1)`);
    expect(message).toContain("UnauthorizedOperation");
    expect(message).toContain("Allow ec2:AuthorizeSecurityGroupEgress to the current credentials.");
    expect(message).toContain("ec2:CreateTags");
    expect(await place.rules()).toEqual([]);
  });

  strictly("a prefix list from another Region", async () => {
    const message = await failureOf(make(handler, web({ prefixListId: "pl-0123456789abcdef0" })));
    expect(message).toContain(`authorizing tcp 443 to pl-0123456789abcdef0 on ${place.group}`);
    expect(message).toContain("Check the prefix list's id and that it is in us-east-1.");
  });
});
