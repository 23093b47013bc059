import { EgressRule } from "../../../index";
import { endpoint } from "../../world";
import { declaredRules } from "../declaredRules";
import { makeStack } from "../stack";
import { heldIds } from "./holds";
import { cliProcesses } from "./processes";

const RULES = 20;
const action = "AuthorizeSecurityGroupEgress";

test("Ctrl-C ends an `up` after the running call, and the next one creates the rest", async () => {
  const [group = ""] = await endpoint.makeGroups(1);
  const stack = await makeStack(endpoint, { parallel: 1 });
  const program = async () => {
    for (let place = 0; place < RULES; place++) {
      const network = { cidrIpv4: `10.${place}.0.0/16`, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
      new EgressRule(`to-${place}`, { securityGroupId: group, ...network });
    }
  };
  try {
    const hold = await endpoint.hold({ action, nth: 3 });
    let heard = () => {};
    const isHeard = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const onPrinted = (text: string) => {
      if (/cancel/i.test(text)) heard();
    };
    const interrupted = stack.up(program, { onPrinted });
    await hold.reached();
    const [cli] = cliProcesses();
    if (cli) process.kill(cli.id, "SIGINT");
    await isHeard;
    await hold.release();
    const ran = await interrupted;
    expect(ran.ok).toBe(false);
    expect(await endpoint.count()).toMatchObject({ [action]: 3 });
    const made = await declaredRules(group);
    expect(made).toHaveLength(3);

    expect(await stack.up(program)).toMatchObject({ ok: true, changes: { create: RULES - 3, same: 3 + 1 } });
    const held = (await declaredRules(group)).map(({ SecurityGroupRuleId = "" }) => SecurityGroupRuleId);
    expect(heldIds(await stack.resources()).sort()).toEqual(held.sort());
    expect(held).toHaveLength(RULES);
    expect(held).toEqual(expect.arrayContaining(made.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId)));
  } finally {
    await stack.remove();
  }
});
