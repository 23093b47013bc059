import { strictly } from "../strictly";
import { endpoint } from "../world";
import { authorize, authorizeOne, group, readBack } from "./emptyGroup";
import { idOf, ipv4, refusal } from "./rules";

describe("a port range", () => {
  const tcpNeeds = "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.";
  const icmpNeeds = "Invalid value 'Must specify both type and code with ICMP.' for portRange.";

  strictly.each([
    ["tcp", undefined, undefined, tcpNeeds],
    ["udp", 53, undefined, tcpNeeds],
    ["tcp", undefined, 53, tcpNeeds],
    ["tcp", -1, -1, "TCP/UDP port (-1) out of range"],
    ["udp", 0, 65_536, "TCP/UDP port (65536) out of range"],
    ["tcp", 443, 80, "Invalid TCP/UDP port range (443:80)"],
    ["icmp", undefined, undefined, icmpNeeds],
    ["icmp", 8, undefined, icmpNeeds],
    ["icmpv6", 128, undefined, icmpNeeds],
    ["icmp", 256, 0, "ICMP type (256) out of range"],
    ["icmpv6", 0, -2, "ICMP code (-2) out of range"],
    ["icmp", -1, 0, "ICMP code (0) must be -1 where the ICMP type is -1"],
  ])("%s %s to %s is refused", async (IpProtocol, FromPort, ToPort, message) => {
    const permission = { IpProtocol, FromPort, ToPort, ...ipv4("10.0.0.0/8") };
    expect(await refusal(authorize([permission]))).toBe(`InvalidParameterValue: ${message}`);
    expect(await endpoint.rules(group)).toEqual([]);
  });

  test.each([
    ["tcp", 0, 65_535],
    ["udp", 53, 53],
    ["icmp", -1, -1],
    ["icmp", 8, -1],
    ["icmp", 255, 255],
    ["icmpv6", 128, 0],
  ])("%s %s to %s is kept", async (IpProtocol, FromPort, ToPort) => {
    const rule = await authorizeOne({ IpProtocol, FromPort, ToPort, ...ipv4("10.0.0.0/8") });
    expect(await readBack(idOf(rule))).toMatchObject({ IpProtocol, FromPort, ToPort });
  });
});
