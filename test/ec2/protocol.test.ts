import { strictly } from "../strictly";
import { authorize, authorizeOne, readBack } from "./emptyGroup";
import { idOf, ipv4, refusal } from "./rules";

describe("a protocol", () => {
  strictly.each([
    ["tcp", "tcp"],
    ["TCP", "tcp"],
    ["6", "tcp"],
    ["Udp", "udp"],
    ["17", "udp"],
    ["ICMP", "icmp"],
    ["1", "icmp"],
    ["ICMPv6", "icmpv6"],
    ["58", "icmpv6"],
  ])("%s is kept as %s, with its ports", async (asked, kept) => {
    const rule = await authorizeOne({ IpProtocol: asked, FromPort: 8, ToPort: 9, ...ipv4("10.0.0.0/8") });
    expect(rule).toMatchObject({ IpProtocol: kept, FromPort: 8, ToPort: 9 });
    expect(await readBack(idOf(rule))).toEqual(rule);
  });

  strictly.each([
    ["-1", "without ports", {}],
    ["-1", "with ports", { FromPort: 80, ToPort: 443 }],
    ["50", "without ports", {}],
    ["255", "with ports that make no sense", { FromPort: 99_999, ToPort: -5 }],
    ["0", "with one port", { FromPort: 1 }],
    ["icmpv6", "without types", {}],
  ])("%s %s reads back as -1", async (asked, _, ports) => {
    const rule = await authorizeOne({ IpProtocol: asked, ...ports, ...ipv4("10.0.0.0/8") });
    expect(rule).toMatchObject({ IpProtocol: asked, FromPort: -1, ToPort: -1 });
    expect(await readBack(idOf(rule))).toEqual(rule);
  });

  strictly.each(["256", "-2", "06", "1.0", "tcpp", "all", ""])("%j is unknown", async (asked) => {
    const permission = { IpProtocol: asked, FromPort: 1, ToPort: 1, ...ipv4("10.0.0.0/8") };
    expect(await refusal(authorize([permission]))).toBe(
      `InvalidParameterValue: Invalid value '${asked}' for IP protocol. Unknown protocol.`,
    );
  });

  strictly("must be said", async () => {
    expect(await refusal(authorize([ipv4("10.0.0.0/8")]))).toMatch(
      "InvalidParameterValue: Invalid value 'null' for protocol.",
    );
  });
});
