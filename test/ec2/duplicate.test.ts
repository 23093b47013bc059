import type { IpPermission } from "@aws-sdk/client-ec2";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { type DestinationName, destination, s3List } from "./destinations";
import { authorize, authorizeOne, group, other } from "./emptyGroup";
import { ipv4, ipv6, refusal, tcp } from "./rules";

describe("a duplicate", () => {
  const anywhere = ipv4("0.0.0.0/0");
  strictly.each<[string, IpPermission, IpPermission, string]>([
    ["tcp", tcp(443, anywhere), tcp(443, anywhere), "0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW"],
    [
      "another spelling of the protocol",
      tcp(53, anywhere),
      { ...tcp(53, anywhere), IpProtocol: "6" },
      "0.0.0.0/0, TCP, from port: 53, to port: 53, ALLOW",
    ],
    [
      "host bits",
      tcp(443, ipv4("100.68.0.0/18")),
      tcp(443, ipv4("100.68.0.18/18")),
      "100.68.0.0/18, TCP, from port: 443, to port: 443, ALLOW",
    ],
    [
      "another spelling of IPv6",
      { IpProtocol: "udp", FromPort: 1, ToPort: 2, ...ipv6("2001:db8::/32") },
      { IpProtocol: "UDP", FromPort: 1, ToPort: 2, ...ipv6("2001:DB8:0::/32") },
      "2001:db8::/32, UDP, from port: 1, to port: 2, ALLOW",
    ],
    [
      "all traffic, with ports",
      { IpProtocol: "-1", ...anywhere },
      { ...tcp(443, anywhere), IpProtocol: "-1" },
      "0.0.0.0/0, ALL, ALLOW",
    ],
    [
      "a protocol by number",
      { IpProtocol: "50", ...anywhere },
      { ...tcp(443, anywhere), IpProtocol: "50" },
      "0.0.0.0/0, protocol: 50, ALLOW",
    ],
    [
      "all of icmp",
      { IpProtocol: "icmp", FromPort: -1, ToPort: -1, ...anywhere },
      { IpProtocol: "1", FromPort: -1, ToPort: -1, ...anywhere },
      "0.0.0.0/0, ICMP, type: ALL, code: ALL, ALLOW",
    ],
    [
      "icmpv6",
      { IpProtocol: "icmpv6", FromPort: 128, ToPort: 0, ...ipv6("::/0") },
      { IpProtocol: "58", FromPort: 128, ToPort: 0, ...ipv6("::/0") },
      "::/0, ICMPv6, type: 128, code: 0, ALLOW",
    ],
    [
      "a different description",
      tcp(1, { IpRanges: [{ CidrIp: "10.0.0.0/8", Description: "one" }] }),
      tcp(1, { IpRanges: [{ CidrIp: "10.0.0.0/8", Description: "two" }] }),
      "10.0.0.0/8, TCP, from port: 1, to port: 1, ALLOW",
    ],
  ])("is found: %s", async (_, first, second, form) => {
    const message = `InvalidPermission.Duplicate: the specified rule "peer: ${form}" already exists`;
    const kept = await authorizeOne(first);
    expect(await refusal(authorize([second]))).toBe(message);
    expect(await endpoint.rules(group)).toEqual([kept]);
  });

  strictly.each<DestinationName>(["prefix list", "group"])("is found: the same %s", async (name) => {
    await authorizeOne(tcp(443, destination(name)));
    const peer = name === "group" ? other : s3List;
    expect(await refusal(authorize([tcp(443, destination(name, "again"))]))).toBe(
      `InvalidPermission.Duplicate: the specified rule "peer: ${peer}, TCP, from port: 443, to port: 443, ALLOW" already exists`,
    );
  });

  test("is told from its neighbours", async () => {
    await authorize([tcp(443, ipv4("10.0.0.0/8"))]);
    await authorize([tcp(444, ipv4("10.0.0.0/8"))]);
    await authorize([{ ...tcp(443, ipv4("10.0.0.0/8")), IpProtocol: "udp" }]);
    await authorize([tcp(443, ipv4("10.0.0.0/9"))]);
    expect(await endpoint.rules(group)).toHaveLength(4);
  });
});
