import { learned, out, UDP } from "./flows";
import { DEFAULT_FORMAT } from "./logs/format";
import { describedInterfaces, GROUPS } from "./logs/network";

test("a destination is the address in the packet, not the middlebox on the way", async () => {
  const { rules } = await learned([
    out("10.0.9.9", { ports: [40_000, 443], packetDestination: "198.51.100.7", tcpFlags: 2 }),
  ]);
  expect(rules).toEqual(["tcp 443 to 198.51.100.7/32"]);
});

test("link-local services need no rule, and VPC Lattice uses its prefix list", async () => {
  const { rules, found } = await learned([
    out("169.254.169.254", { ports: [40_000, 80], tcpFlags: 2 }),
    out("169.254.169.123", { ...UDP, ports: [40_000, 123] }),
    out("fd00:ec2::254", { ports: [40_000, 80], tcpFlags: 2 }),
    out("ff02::2", { ...UDP, ports: [546, 547] }),
    out("169.254.171.7", { ports: [40_000, 443], tcpFlags: 2 }),
    out("10.0.0.2", { ...UDP, ports: [40_000, 53] }),
  ]);
  expect(rules).toEqual(["tcp 443 to com.amazonaws.us-east-1.vpc-lattice", "udp 53 to 10.0.0.2/32"]);
  expect(found.policy.unfiltered.flows).toBe(4);
});

test("an address in another VPC is not a group, even if an interface there has it", async () => {
  const { NetworkInterfaces: all } = describedInterfaces();
  const elsewhere = all.map((eni) =>
    eni.Groups.some(({ GroupId }) => GroupId === GROUPS.database)
      ? { ...eni, VpcId: "vpc-0aaaaaaaaaaaaaaaa" }
      : eni,
  );
  const records = [out("10.0.2.21", { ports: [40_000, 5432], tcpFlags: 2 })];
  expect((await learned(records)).rules).toEqual([`tcp 5432 to ${GROUPS.database}`]);
  const files = { "eni.json": JSON.stringify({ NetworkInterfaces: elsewhere }) };
  expect((await learned(records, { files })).rules).toEqual(["tcp 5432 to 10.0.2.21/32"]);
});

test("ip-ranges.json names the service of an address, and its prefix list only in the group's Region", async () => {
  const ranges = {
    prefixes: [
      { ip_prefix: "52.216.0.0/15", region: "us-east-1", service: "S3" },
      { ip_prefix: "52.219.0.0/16", region: "eu-central-1", service: "S3" },
      { ip_prefix: "52.94.0.0/16", region: "us-east-1", service: "AMAZON" },
    ],
    ipv6_prefixes: [{ ipv6_prefix: "2600:1fa0::/32", region: "us-east-1", service: "DYNAMODB" }],
  };
  const to = (destination: string) => out(destination, { ports: [40_000, 443], tcpFlags: 2 });
  const { rules, found } = await learned(
    [to("52.216.3.4"), to("52.219.3.4"), to("52.94.1.1"), to("2600:1fa0::7")],
    {
      ipRanges: "ip-ranges.json",
      files: { "ip-ranges.json": JSON.stringify(ranges) },
      format: DEFAULT_FORMAT,
    },
  );
  expect(rules).toEqual([
    "tcp 443 to 52.219.3.4/32",
    "tcp 443 to 52.94.1.1/32",
    "tcp 443 to com.amazonaws.us-east-1.dynamodb",
    "tcp 443 to com.amazonaws.us-east-1.s3",
  ]);
  expect(found.policy.rules.flatMap(({ notes }) => notes)).toEqual(["S3 of eu-central-1"]);
});

test("merging stops at the quota, reports what it opens, and fails if it cannot reach the quota", async () => {
  const hosts = [1, 3, 9, 200].map((host) => `198.51.100.${host}`);
  const records = [...hosts, "203.0.113.1", "203.0.114.1"].map((destination) =>
    out(destination, { ports: [40_000, 443], tcpFlags: 2 }),
  );
  const { rules, found } = await learned(records, { maxRules: "5" });
  expect(rules).toContain("tcp 443 to 198.51.100.0/30");
  expect(rules).toHaveLength(5);
  expect(found.policy.rules.find(({ opens }) => opens > 0n)).toMatchObject({ addresses: 2, opens: 2n });
  await expect(learned(records, { maxRules: "2" })).rejects.toThrow(
    /^the policy needs 3 rules, but --max-rules is 2: specify --widest \/22, or --max-rules 3/,
  );
});

test("too many rules to groups are an error, too", async () => {
  const records = [5432, 5433, 5434].map((port) => out("10.0.2.21", { ports: [40_000, port], tcpFlags: 2 }));
  expect((await learned(records, { maxRules: "3" })).rules).toHaveLength(3);
  await expect(learned(records, { maxRules: "2" })).rejects.toThrow(
    /^the policy needs 3 rules, but --max-rules is 2: specify --max-rules 3 after/,
  );
});
