import { DeleteSecurityGroupCommand } from "@aws-sdk/client-ec2";
import { DESCRIBE, REVOKE } from "../actions";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import {
  checked,
  failureOf,
  type Handler,
  handlerAt,
  make,
  type Props,
  type Resource,
  recorded,
  refresh,
} from "./handler";
import { place } from "./ownPlace";
import {
  destination,
  KINDS,
  makePlace,
  modify,
  OLD_CLAIM,
  OTHERS_CLAIM,
  OWNER_TAG,
  removeTag,
  revoke,
  STACK,
  setTag,
} from "./place";

let handler: Handler;
let said: jest.SpyInstance;

beforeAll(() => {
  handler = handlerAt(endpoint);
});

beforeEach(() => {
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(async () => {
  said.mockRestore();
  await endpoint.deny([]);
});

function web(more: Props = destination("IPv4", place)): Props {
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
  const onKind = kind === "IPv4" || kind === "IPv6" ? test : strictly;

  onKind("is revoked alone", async () => {
    const other = await make(handler, { ...web(destination(kind, place)), toPort: 444 });
    const made = await make(handler, web(destination(kind, place)));
    const { actions } = await recorded(endpoint, () => handler.delete(made.id, made.outs));
    expect(actions).toEqual([DESCRIBE, REVOKE]);
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: other.id }]);
    expect(said).not.toHaveBeenCalled();
  });

  onKind("that is already gone counts as deleted", async () => {
    const made = await make(handler, web(destination(kind, place)));
    await revoke(place, made.id);
    const { actions } = await recorded(endpoint, () => handler.delete(made.id, made.outs));
    expect(actions).toEqual([DESCRIBE, REVOKE]);
    expect(said).not.toHaveBeenCalled();
  });
});

test("a rule of a deleted group counts as deleted", async () => {
  const own = await makePlace(endpoint);
  const made = await make(handler, { ...web(), securityGroupId: own.group });
  await own.ec2.send(new DeleteSecurityGroupCommand({ GroupId: own.group }));
  const { actions } = await recorded(endpoint, () => handler.delete(made.id, made.outs));
  expect(actions).toEqual([DESCRIBE, REVOKE]);
});

test("a rule that EC2 does not show yet is still revoked", async () => {
  await endpoint.hide({ rules: 3 });
  const made = await make(handler, web());
  await handler.delete(made.id, made.outs);
  await endpoint.hide();
  expect(await place.rules()).toEqual([]);
});

test("a rule that changed outside the program is still revoked", async () => {
  const made = await make(handler, web());
  await modify(place, made.id, { IpProtocol: "udp", FromPort: 53, ToPort: 53, CidrIpv4: "10.2.0.0/16" });
  await handler.delete(made.id, made.outs);
  expect(await place.rules()).toEqual([]);
});

describe("a rule stays in place, and one line at the terminal says so,", () => {
  const program = (name: string) => ({ __program: { urn: name, silence: [] } });

  /** Deletes it, and expects that it stays, and why; returns the calls. */
  async function expectLeft(run: Handler, { id, outs }: Resource, why: string): Promise<string[]> {
    const held = await place.rules();
    expect(held).toMatchObject([{ securityGroupRuleId: id }]);
    const { actions } = await recorded(endpoint, () => run.delete(id, outs));
    expect(await place.rules()).toEqual(held);
    expect(said.mock.calls).toEqual([[`rule ${id} on ${place.group} is left in place: ${why}`]]);
    return actions;
  }

  test.each([
    ["another stack's", OTHERS_CLAIM],
    ["a later run's of this stack", OLD_CLAIM],
  ])("if it carries a different claim than state knows: %s", async (_, claim) => {
    const made = await make(handler, web());
    await setTag(place, made.id, OWNER_TAG, claim);
    const actions = await expectLeft(handlerAt(endpoint), made, `"${claim}" claims it now`);
    expect(actions).toEqual([DESCRIBE]);
  });

  test("if it has a claim and state knows none", async () => {
    const { owner: _, ...unclaimed } = web();
    const made = await make(handler, unclaimed);
    await setTag(place, made.id, OWNER_TAG, OTHERS_CLAIM);
    await expectLeft(handlerAt(endpoint), made, `"${OTHERS_CLAIM}" claims it now`);
  });

  test("if a resource of this run has taken it over, without a look-up", async () => {
    const old = await make(handlerAt(endpoint), web());
    const renamed = await make(handler, web());
    expect(renamed.id).toBe(old.id);
    const actions = await expectLeft(handler, old, "another resource of this program has it now");
    expect(actions).toEqual([]);
  });

  test("if a resource of this program declares it, even before it holds it", async () => {
    const old = await make(handlerAt(endpoint), web());
    const run = handlerAt(endpoint);
    await checked(run, { ...web(), ...program("renamed") });
    await expectLeft(run, old, "this program declares it");
    // In the next run, the other resource takes it over.
    expect((await make(handlerAt(endpoint), web())).id).toBe(old.id);
  });

  test("if it has become a rule that a resource of this program declares", async () => {
    const made = await make(handlerAt(endpoint), web());
    await modify(place, made.id, { IpProtocol: "udp", FromPort: 53, ToPort: 53, CidrIpv4: "10.2.0.0/16" });
    const run = handlerAt(endpoint);
    const dns = { ipProtocol: "udp", fromPort: 53, toPort: 53, cidrIpv4: "10.2.0.0/16" };
    await checked(run, { ...web(), ...dns, ...program("dns") });
    await expectLeft(run, made, "this program declares it");
  });
});

describe("a rule is revoked silently,", () => {
  afterEach(() => expect(said).not.toHaveBeenCalled());

  test("if its resource now declares another rule", async () => {
    const made = await make(handlerAt(endpoint), web());
    const run = handlerAt(endpoint);
    await checked(run, { ...web(), toPort: 444, __program: { urn: "web", silence: [] } });
    await run.delete(made.id, made.outs);
    expect(await place.rules()).toEqual([]);
  });

  test("if the resource that declared it declares another at a second check", async () => {
    const made = await make(handlerAt(endpoint), web());
    const run = handlerAt(endpoint);
    const __program = { urn: "web", silence: [] };
    await checked(run, { ...web(), __program });
    await checked(run, { ...web(), toPort: 444, __program });
    await run.delete(made.id, made.outs);
    expect(await place.rules()).toEqual([]);
  });

  test("if this very run created it", async () => {
    const made = await make(handler, web());
    await handler.delete(made.id, made.outs);
    expect(await place.rules()).toEqual([]);
  });

  test("if somebody removed its claim", async () => {
    const made = await make(handler, web());
    await removeTag(place, made.id, OWNER_TAG);
    await handlerAt(endpoint).delete(made.id, made.outs);
    expect(await place.rules()).toEqual([]);
  });

  test("if a refresh has seen that it lost its claim", async () => {
    const made = await make(handler, web());
    await removeTag(place, made.id, OWNER_TAG);
    const later = handlerAt(endpoint);
    const { outs } = known(await refresh(later, made));
    await later.delete(made.id, outs);
    expect(await place.rules()).toEqual([]);
  });

  test("if neither state nor rule has a claim", async () => {
    const { owner: _, ...unclaimed } = web();
    const made = await make(handler, unclaimed);
    await handlerAt(endpoint).delete(made.id, made.outs);
    expect(await place.rules()).toEqual([]);
  });
});

describe("without permission", () => {
  test.each([
    [DESCRIBE, "reading rule"],
    [REVOKE, "revoking rule"],
  ])("to %s nothing is deleted, and the error names the action", async (action, doing) => {
    const made = await make(handler, web());
    await endpoint.deny([action]);
    const message = await failureOf(handler.delete(made.id, made.outs));
    expect(message).toContain(`${doing} ${made.id}`);
    expect(message).toContain(`Allow ec2:${action} to the current credentials.`);
    await endpoint.deny([]);
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: made.id }]);
  });
});
