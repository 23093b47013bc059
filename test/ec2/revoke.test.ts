import { type IpPermission, RevokeSecurityGroupEgressCommand } from "@aws-sdk/client-ec2";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { authorize, authorizeOne, ec2, group, revoke } from "./emptyGroup";
import { idOf, ipv4, refusal, tcp, unknownRule } from "./rules";

describe("RevokeSecurityGroupEgress", () => {
  test("removes the rules it names by id, and no other", async () => {
    const [first] = await authorize([tcp(1, ipv4("10.1.0.0/16", "10.2.0.0/16"))]);
    await revoke([idOf(known(first))]);
    expect(await endpoint.rules(group)).toMatchObject([{ CidrIpv4: "10.2.0.0/16" }]);
  });

  strictly("removes none where one is unknown", async () => {
    const rule = await authorizeOne(tcp(1, ipv4("10.1.0.0/16")));
    expect(await refusal(revoke([idOf(rule), unknownRule]))).toMatch(/^InvalidSecurityGroupRuleId\.NotFound/);
    expect(await endpoint.rules(group)).toEqual([rule]);
  });

  strictly("finds rules by what they permit too, in any spelling, all or none", async () => {
    await authorize([tcp(1, ipv4("10.1.0.0/16")), { IpProtocol: "50", ...ipv4("10.0.0.0/8") }]);
    const send = (...IpPermissions: IpPermission[]) =>
      ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: group, IpPermissions }));
    const spelt = [tcp(1, ipv4("10.1.2.3/16")), { IpProtocol: "50", ...ipv4("10.0.0.0/8") }];
    expect(await refusal(send(...spelt, tcp(2, ipv4("10.1.0.0/16"))))).toMatch(
      /^InvalidPermission\.NotFound/,
    );
    expect(await endpoint.rules(group)).toHaveLength(2);
    await send(...spelt);
    expect(await endpoint.rules(group)).toEqual([]);
  });
});
