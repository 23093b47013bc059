import { AuthorizeSecurityGroupIngressCommand } from "@aws-sdk/client-ec2";
import { AUTHORIZE, DESCRIBE } from "../actions";
import { known } from "../known";
import { endpoint } from "../world";
import { CLAIMED, existing, web } from "./existing";
import { failureOf, type Handler, handlerAt, make, type Props, recorded } from "./handler";
import { place } from "./ownPlace";
import { OLD_CLAIM, OTHERS_CLAIM, revoke, STACK, tcp } from "./place";
import { replace } from "./replace";

let handler: Handler;

beforeAll(() => {
  handler = handlerAt(endpoint);
});

describe('adopt: "sgr-…"', () => {
  test.each([
    ["to other ports", { toPort: 444 }, "tcp 443-444 to 10.0.0.0/16"],
    ["to another destination", { cidrIpv4: "10.1.0.0/16" }, "tcp 443 to 10.1.0.0/16"],
    ["of another protocol", { ipProtocol: "udp" }, "udp 443 to 10.0.0.0/16"],
  ])("of a rule %s is refused, and changes nothing", async (_, other, wanted) => {
    const id = await existing();
    const held = await place.rules();
    const call = () => failureOf(make(handler, web({ adopt: id, ...other })));
    const { result: message, actions } = await recorded(endpoint, call);
    expect(actions).toEqual([DESCRIBE]);
    expect(message).toContain(
      `adopting ${id}: it is tcp 443 to 10.0.0.0/16 on ${place.group}, not ${wanted} on ${place.group}.`,
    );
    expect(message).toContain("Declare the rule as it is and adopt it, then change it");
    expect(await place.rules()).toEqual(held);
  });

  test("of another group's rule is refused", async () => {
    const id = await existing();
    const message = await failureOf(make(handler, web({ adopt: id, securityGroupId: place.other })));
    expect(message).toContain(`on ${place.group}, not tcp 443 to 10.0.0.0/16 on ${place.other}.`);
  });

  test("of an inbound rule is refused as inbound", async () => {
    const IpPermissions = [tcp(443, "10.0.0.0/16")];
    const request = new AuthorizeSecurityGroupIngressCommand({ GroupId: place.group, IpPermissions });
    const { SecurityGroupRules: [rule] = [] } = await place.ec2.send(request);
    const id = known(rule?.SecurityGroupRuleId);
    const message = await failureOf(make(handler, web({ adopt: id })));
    expect(message).toContain(`adopting ${id}: it is tcp 443 to 10.0.0.0/16 on ${place.group}, inbound, not`);
    expect(await place.rules()).toEqual([]);
  });

  test("of a deleted rule creates a new one", async () => {
    const gone = await existing();
    await revoke(place, gone);
    const { result, actions } = await recorded(endpoint, () => make(handler, web({ adopt: gone })));
    expect(actions).toEqual([DESCRIBE, AUTHORIZE]);
    expect(result.id).not.toBe(gone);
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: result.id, tags: CLAIMED }]);
  });

  test.each([undefined, OTHERS_CLAIM])(
    "of a deleted rule does not take over the same rule with another id, with the claim %s",
    async (claim) => {
      const gone = await existing();
      await revoke(place, gone);
      const id = await existing(claim);
      const held = await place.rules();
      const message = await failureOf(make(handler, web({ adopt: gone })));
      expect(message).toContain(`It is ${id}:`);
      expect(await place.rules()).toEqual(held);
    },
  );

  test("of this stack's rule that has changed creates the declared one", async () => {
    const id = await existing(OLD_CLAIM);
    const { result, actions } = await recorded(endpoint, () =>
      make(handler, web({ adopt: id, toPort: 444 })),
    );
    expect(actions).toEqual([DESCRIBE, AUTHORIZE]);
    expect(await place.rules()).toMatchObject([
      { securityGroupRuleId: id, toPort: 443 },
      { securityGroupRuleId: result.id, toPort: 444 },
    ]);
  });
});

test.each([
  ["if the stack claims its rules", STACK],
  ["if it claims none", undefined],
])("does not prevent a replacement if the id stays in the program, %s", async (_, owner) => {
  const id = await existing();
  const args = (more: Props = {}) => web({ adopt: id, owner, description: "by hand", ...more });
  const before = await make(handlerAt(endpoint), args());
  expect(before.id).toBe(id);

  const run = handlerAt(endpoint);
  const after = await replace(run, before, args({ cidrIpv4: null, cidrIpv6: "2001:db8::/32" }));
  expect(await place.rules()).toMatchObject([{ securityGroupRuleId: after.id, cidrIpv6: "2001:db8::/32" }]);
});
