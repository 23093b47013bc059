import { AUTHORIZE, DESCRIBE } from "../actions";
import { listOfSize } from "../ec2/lists";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { type Handler, handlerAt, type Props, recorded } from "./handler";
import { failures, made, makeAll, web } from "./many";
import { place } from "./ownPlace";

let handler: Handler;

beforeEach(() => {
  handler = handlerAt(endpoint);
});

afterEach(async () => {
  if (process.env.EC2_ENDPOINT === undefined) await endpoint.quota();
});

const making = (rules: readonly Props[]) => recorded(endpoint, () => makeAll(handler, rules));

/** The text that all refusals share. */
function expectFull(refusals: readonly string[]): void {
  for (const refusal of refusals) {
    expect(refusal).toContain("RulesPerSecurityGroupLimitExceeded");
    expect(refusal).toContain(
      "If the quota is not 60, set aws-egress:rulesPerGroup, so that preview catches this.",
    );
    expect(refusal).toMatch(/has \d+ rules? for IPv4 and \d+ for IPv6:/);
  }
}

describe("a group without room for all rules", () => {
  strictly("gets as many as fit, by few calls", async () => {
    await made(handler, web(place, 20, { cidrIpv4: "10.1.0.0/16" }));
    const { result, actions } = await making(web(place, 60));
    expect(actions).toEqual([...Array(7).fill(AUTHORIZE), DESCRIBE]);
    expect(failures(result)).toHaveLength(20);
    expectFull(failures(result));
    expect(failures(result)[0]).toContain(
      `${place.group} has 60 rules for IPv4 and 0 for IPv6: 60 of shop/test.`,
    );
    expect(await place.rules()).toHaveLength(60);
  });

  strictly.each([[7], [53], [100]])("gets as many as fit if its quota is %d", async (quota) => {
    await endpoint.quota(quota);
    await made(handler, web(place, 5, { cidrIpv4: "10.1.0.0/16" }));
    const { result, actions } = await making(web(place, 120));
    expect(failures(result)).toHaveLength(120 - (quota - 5));
    expectFull(failures(result));
    expect(await place.rules()).toHaveLength(quota);
    expect(actions.length).toBeLessThanOrEqual(10);
  });

  strictly("gets none if it is full, by few calls", async () => {
    await made(handler, web(place, 60, { cidrIpv4: "10.1.0.0/16" }));
    const { result, actions } = await making(web(place, 120));
    expect(failures(result)).toHaveLength(120);
    expectFull(failures(result));
    expect(actions.length).toBeLessThanOrEqual(10);
  });
});

describe("among several kinds, only rules of the kind without room fail", () => {
  const sixes = (count: number): Props[] =>
    Array.from({ length: count }, (_, at) => {
      const { cidrIpv4: _four, ...rule }: Props = { ...web(place, 1)[0], cidrIpv6: "2001:db8::/32" };
      return { ...rule, fromPort: at };
    });

  strictly("of two families, in any order", async () => {
    await made(handler, web(place, 55, { cidrIpv4: "10.1.0.0/16" }));
    const rules = [...web(place, 12).slice(0, 8), ...sixes(8), ...web(place, 12).slice(8)];
    const { result, actions } = await making(rules);
    expect(failures(result)).toHaveLength(7);
    expectFull(failures(result));
    for (const failure of failures(result))
      expect(failure).toMatch(/^authorizing tcp \d+ to 10\.0\.0\.0\/16/);
    expect(actions.length).toBeLessThanOrEqual(10);
    const held = await place.rules();
    expect(held.filter(({ cidrIpv6 }) => cidrIpv6)).toHaveLength(8);
    expect(held.filter(({ cidrIpv4 }) => cidrIpv4)).toHaveLength(60);
  });

  strictly("of two prefix lists, the heavier", async () => {
    await made(handler, web(place, 30, { cidrIpv4: "10.1.0.0/16" }));
    const { cidrIpv4: _, ...rule }: Props = { ...web(place, 1)[0] };
    const [heavy, light] = [await listOfSize(place.ec2, 40), await listOfSize(place.ec2, 3)];
    const lists = [heavy, light].flatMap((prefixListId) =>
      [1, 2, 3].map((fromPort) => ({ ...rule, fromPort, prefixListId })),
    );
    const { result } = await making([...lists, ...web(place, 5)]);
    expect(failures(result)).toHaveLength(3);
    expectFull(failures(result));
    for (const failure of failures(result)) expect(failure).toContain(`to ${heavy} on ${place.group}`);
    expect(await place.rules()).toHaveLength(38);
  });
});
