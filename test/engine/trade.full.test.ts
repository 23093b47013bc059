import { EgressRule, type EgressRuleArgs } from "../..";
import { endpoint } from "../world";
import { declaredRules } from "./declaredRules";
import { makeStack, type TestStack } from "./stack";

// Rules that become what others of the program were, as they do where a program names them by their place in a list.

type Destination = Pick<EgressRuleArgs, "cidrIpv4" | "referencedSecurityGroupId">;

const lan = (number: number): Destination => ({ cidrIpv4: `10.${number}.0.0/16` });

/** How many of the engine's operations may be under way at once. */
describe.each([1, 16])("with --parallel %d", (parallel) => {
  let stack: TestStack;
  let group: string;
  let other: string;

  beforeEach(async () => {
    [group, other] = (await endpoint.makeNetwork()).groupIds;
    stack = await makeStack(endpoint, { parallel });
  });

  afterEach(() => stack.remove());

  /** A program of rules that are named by their places, each after the one before it if so asked. */
  const list =
    (destinations: readonly Destination[], isOneAfterTheOther = false) =>
    async () => {
      let before: EgressRule | undefined;
      for (const [place, destination] of destinations.entries()) {
        const dependsOn = isOneAfterTheOther && before ? [before] : [];
        const rule = { securityGroupId: group, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
        before = new EgressRule(`rule-${place}`, { ...rule, ...destination }, { dependsOn });
      }
    };

  /** The up ends well, EC2 has just these rules with the ids that are in state, and a further refresh finds no more. */
  async function expectUp(destinations: readonly Destination[], isOneAfterTheOther = false): Promise<void> {
    const { ok, printed } = await stack.up(list(destinations, isOneAfterTheOther));
    if (!ok) throw new Error(printed);
    const rules = await declaredRules(group);
    const held = rules.map((rule) => [
      rule.SecurityGroupRuleId,
      rule.CidrIpv4 ?? rule.ReferencedGroupInfo?.GroupId,
    ]);
    const declared = (await stack.resources()).map(({ id, outputs = {} }) => [
      id,
      outputs.cidrIpv4 ?? outputs.referencedSecurityGroupId,
    ]);
    expect(held.sort()).toEqual(declared.sort());
    expect(declared).toHaveLength(destinations.length);
    expect((await stack.refresh()).changes).not.toHaveProperty("update");
  }

  test("two trade places, rules are put in at the front of a list, and taken from there", async () => {
    await expectUp([lan(1), lan(2), lan(3)]);
    await expectUp([lan(2), lan(1), lan(3)]);
    await expectUp([lan(0), lan(2), lan(1), lan(3)]);
    await expectUp([lan(1), lan(3)]);
  });

  test("rules that wait for one another trade places too", async () => {
    await expectUp([lan(1), lan(2), lan(3)], true);
    await expectUp([lan(3), lan(1), lan(2)], true);
  });

  // With one operation at a time the engine does not look at the second before the first has been made.
  (parallel > 1 ? test : test.skip)(
    "rules of which each has to be replaced take what the others leave",
    async () => {
      await expectUp([lan(1), { referencedSecurityGroupId: other }]);
      await expectUp([{ referencedSecurityGroupId: other }, lan(1)]);
    },
  );
});
