import { endpoint } from "../world";

describe("a network", () => {
  test("has two groups, each with the rule that allows everything", async () => {
    const { vpcId, groupIds } = await endpoint.makeNetwork();
    expect(vpcId).toMatch(/^vpc-/);
    expect(groupIds[0]).not.toBe(groupIds[1]);
    for (const id of groupIds) {
      expect(await endpoint.rules(id)).toMatchObject([{ IpProtocol: "-1", CidrIpv4: "0.0.0.0/0" }]);
    }
  });
});
