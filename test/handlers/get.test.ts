import { AuthorizeSecurityGroupIngressCommand } from "@aws-sdk/client-ec2";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { declare } from "./declare";
import { failureOf, type Handler, handlerAt, make, PROVIDER_LINE, type Props } from "./handler";
import { place } from "./ownPlace";
import { authorize, KINDS, revoke, tcp } from "./place";

let handler: Handler;

beforeAll(() => {
  handler = handlerAt(endpoint);
});

describe("get by id", () => {
  const line = { __provider: PROVIDER_LINE };

  strictly.each(KINDS)("reads a rule to %s in full", async (kind) => {
    const { id, outs, inputs } = await make(handler, declare(kind));
    const { owner: _, claim: ___, ...props } = outs;
    const { owner: __, ...args } = inputs;
    const found = { props: { ...without(props), readOnly: true }, inputs: without(args) };
    expect(await handler.read(id, line)).toEqual({ id, ...found });
    // A rule's owner does not matter to a resource that only reads it.
    expect(await handler.read(id, found.props)).toMatchObject({ id, ...found });
  });

  test("reads a rule that no program created", async () => {
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

  test("reads in the given Region", async () => {
    const { id } = await make(handler, declare("IPv4"));
    const message = await failureOf(handler.read(id, { ...line, region: "eu-west-1" }));
    expect(message).toBe(`reading rule "${id}": eu-west-1 has no such rule: check its id and its Region`);
  });

  test("finds nothing once the rule is gone", async () => {
    const { id } = await make(handler, declare("IPv4"));
    const { props } = await handler.read(id, line);
    await revoke(place, id);
    expect(await handler.read(id, props)).toEqual({ id: "", props: {} });
  });

  test.each([
    ["web", '"web" is not the id of a security group rule: use one like "sgr-0123456789abcdef0"'],
    ["sg-0123456789abcdef0", '"sg-0123456789abcdef0" is not the id of a security group rule'],
    ["sgr-0123456789ABCDEF0", "is not the id of a security group rule"],
  ])("fails for %s, without a call", async (id, reason) => {
    await endpoint.reset();
    const message = await failureOf(handler.read(id, line));
    expect(message).toContain("reading an outbound rule: ");
    expect(message).toContain(reason);
    expect(await endpoint.calls()).toEqual([]);
  });

  test("fails for an inbound rule, as inbound", async () => {
    const IpPermissions = [tcp(443, "10.0.0.0/16")];
    const request = new AuthorizeSecurityGroupIngressCommand({ GroupId: place.other, IpPermissions });
    const { SecurityGroupRules: [rule] = [] } = await place.ec2.send(request);
    const id = known(rule?.SecurityGroupRuleId);
    expect(await failureOf(handler.read(id, line))).toBe(`reading rule "${id}": it is an inbound rule`);
  });
});

/** As a handler returns it: the engine adds the line. */
function without({ __provider: _, ...props }: Props): Props {
  return props;
}
