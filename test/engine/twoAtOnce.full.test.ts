import { EgressRule, EgressRuleSet, type RuleArgs, type SetRuleArgs } from "../../index";
import { AUTHORIZE } from "../actions";
import { endpoint } from "../world";
import { idsByPort } from "./declaredRules";
import { heldIds } from "./faults/holds";
import { newStack } from "./newStack";
import type { Ran, TestStack } from "./stack";

const tcp = (port: number, more: Partial<RuleArgs> = {}): SetRuleArgs => ({
  ipProtocol: "tcp",
  fromPort: port,
  toPort: port,
  cidrIpv4: "10.0.0.0/16",
  ...more,
});

describe("two stacks on one group", () => {
  let group: string;
  let one: TestStack;
  let other: TestStack;

  beforeEach(async () => {
    [group = ""] = await endpoint.makeGroups(1);
    [one, other] = [
      await newStack({ project: "one", parallel: 64 }),
      await newStack({ project: "other", parallel: 64 }),
    ];
  });

  /** Four single rules and a set of three, from this port on, each for a range of ports. */
  const program = (first: number, count: number) => async () => {
    const ports = (from: number) => tcp(from, { toPort: from + count - 1 });
    for (let place = 0; place < 4; place++) {
      new EgressRule(`rule-${place}`, { securityGroupId: group, ...ports(first + 10 * place) });
    }
    const rules = [4, 5, 6].map((place) => ports(first + 10 * place));
    new EgressRuleSet("set", { securityGroupId: group, rules });
  };

  async function expectOk(...runs: readonly Promise<Ran>[]): Promise<void> {
    for (const { ok, printed } of await Promise.all(runs)) if (!ok) throw new Error(printed);
  }

  test("create, change and delete their own rules at the same time, and leave the other's", async () => {
    const hold = await endpoint.hold({ action: AUTHORIZE, before: true });
    const held = one.up(program(1000, 1));
    await hold.reached();
    await expectOk(other.up(program(2000, 1)));
    await hold.release();
    await expectOk(held);
    const ports = Object.keys(await idsByPort(group));
    expect(ports).toHaveLength(14);

    await expectOk(one.up(program(1000, 5)), other.up(program(2000, 5)));
    const made = await idsByPort(group);
    expect(Object.keys(made)).toEqual(ports);
    const [ofOne, ofOther] = [heldIds(await one.resources()), heldIds(await other.resources())];
    const split = (from: number) =>
      Object.keys(made).flatMap((port) => (+port >= from && +port < from + 1000 ? [made[port]] : []));
    expect([ofOne.sort(), ofOther.sort()]).toEqual([split(1000).sort(), split(2000).sort()]);

    await expectOk(one.destroy(), other.up(program(2000, 7)));
    const left = Object.values(await idsByPort(group)).sort();
    expect(left).toEqual(heldIds(await other.resources()).sort());
    expect(left).toHaveLength(7);
    expect((await other.refresh()).changes).toEqual({ same: 6 });
    await expectOk(other.destroy());
    expect(await endpoint.rules(group)).toHaveLength(1);
  });

  test("with one exclusive: rules added since its look-up stay, and the next run names their stack", async () => {
    const exclusive = async () => {
      new EgressRuleSet("all", { securityGroupId: group, exclusive: true, rules: [tcp(443)] });
    };
    // The first call is the check's.
    const hold = await endpoint.hold({ action: "DescribeSecurityGroupRules", nth: 2 });
    const held = one.up(exclusive);
    await hold.reached();
    await expectOk(
      other.up(async () => {
        new EgressRule("ssh", { securityGroupId: group, ...tcp(22) });
      }),
    );
    await hold.release();
    await expectOk(held);
    const both = await idsByPort(group);
    expect(Object.keys(both)).toEqual(["22", "443"]);
    expect(await endpoint.rules(group)).toHaveLength(2);

    await one.refresh();
    const refused = await one.up(exclusive);
    expect(refused.ok).toBe(false);
    expect(refused.printed).toContain(
      `${both[22]}, tcp 22 to 10.0.0.0/16, claimed by the stack "other/test"`,
    );
    expect(await idsByPort(group)).toEqual(both);
    await expectOk(other.destroy());
    await one.refresh();
    await expectOk(one.up(exclusive));
    expect(await idsByPort(group)).toEqual({ 443: both[443] });
  });
});
