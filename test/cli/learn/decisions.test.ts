import type { LearnOptions } from "../../../cli/learn/learn";
import { learnIn, rulesOf } from "./found";
import { DEFAULT_FORMAT, FULL_FORMAT, type LogRecord } from "./logs/format";
import { folderWith, textOf } from "./logs/logs";
import { ACCOUNT, describedInterfaces, GROUPS, WEB } from "./logs/network";

const OWN = "10.0.1.11";
const SINCE = 1_795_000_000;

type Flow = Partial<LogRecord> & { readonly ports: readonly [number, number] };

/** What left the first interface, by default over TCP, without flags that tell more. */
function out(destination: string, { ports: [sourcePort, destinationPort], ...more }: Flow): LogRecord {
  return { ...COMMON, source: OWN, destination, sourcePort, destinationPort, isEgress: true, ...more };
}

/** What came in. */
function back(source: string, { ports: [sourcePort, destinationPort], ...more }: Flow): LogRecord {
  return { ...COMMON, source, destination: OWN, sourcePort, destinationPort, isEgress: false, ...more };
}

const COMMON = { account: ACCOUNT, interfaceId: WEB[0].id, protocol: 6, start: SINCE };
const UDP = { protocol: 17 };

interface With extends Partial<LearnOptions> {
  readonly format?: readonly string[];
  readonly files?: { readonly [name: string]: string };
}

async function learned(
  records: readonly LogRecord[],
  { format = FULL_FORMAT, files, ...options }: With = {},
) {
  const { path, remove } = folderWith({ "logs.txt": textOf(records, format), ...files });
  try {
    const paths = options.ipRanges === undefined ? {} : { ipRanges: path(options.ipRanges) };
    const found = await learnIn(path, { ...options, ...paths });
    return {
      rules: rulesOf(found),
      unclear: found.unclear.map(({ peer, port, why }) => `${port} ${peer}: ${why}`),
      found,
    };
  } finally {
    remove();
  }
}

test("answers at the group's own ports are no requests, whatever the port of the client", async () => {
  const records = [
    back("10.0.3.41", { ports: [40_000, 8080], tcpFlags: 2 }),
    out("10.0.3.41", { ports: [8080, 40_000], tcpFlags: 18 }),
    // In the midst of a connection of a client behind a NAT, at a port that the catalogue has.
    out("192.0.2.7", { ports: [8080, 3306], tcpFlags: 0, start: SINCE + 60 }),
    // A service at a port that looks like a client's.
    back("192.0.2.8", { ports: [1025, 45_000], tcpFlags: 2 }),
    out("192.0.2.8", { ports: [45_000, 1025], tcpFlags: 1, start: SINCE + 60 }),
  ];
  expect((await learned(records)).rules).toEqual([]);
});

test("a connection that began before the logs is told by its ports, or is unclear", async () => {
  const records = [
    out("10.9.0.1", { ports: [40_000, 5432], tcpFlags: 0 }),
    out("10.9.0.2", { ports: [40_000, 50_051], tcpFlags: 0 }),
    out("10.9.0.3", { ports: [8080, 9000], tcpFlags: 0 }),
  ];
  expect(await learned(records)).toMatchObject({
    rules: ["tcp 5432 to 10.9.0.1/32"],
    unclear: [
      expect.stringMatching(/^50051 10\.9\.0\.2: it began before the logs/),
      expect.stringMatching(/^9000 10\.9\.0\.3: /),
    ],
  });
});

test("what is unclear is a request where another connection to the same port is one", async () => {
  const records = [
    out("10.9.0.2", { ports: [40_000, 50_051], tcpFlags: 0 }),
    out("10.9.0.2", { ports: [40_001, 50_051], tcpFlags: 2, start: SINCE + 60 }),
  ];
  const { rules, unclear, found } = await learned(records);
  expect({ rules, unclear }).toEqual({ rules: ["tcp 50051 to 10.9.0.2/32"], unclear: [] });
  expect(found.policy.rules[0]?.seen.flows).toBe(2);
});

test("UDP between like ports belongs to the side that was first seen; at once, to nobody", async () => {
  const later = { start: SINCE + 5 };
  const records = [
    out("10.9.0.1", { ...UDP, ports: [123, 123] }),
    back("10.9.0.1", { ...UDP, ports: [123, 123], ...later }),
    back("10.9.0.2", { ...UDP, ports: [500, 500] }),
    out("10.9.0.2", { ...UDP, ports: [500, 500], ...later }),
    out("10.9.0.3", { ...UDP, ports: [4500, 4500] }),
    back("10.9.0.3", { ...UDP, ports: [4500, 4500] }),
    out("10.9.0.4", { ...UDP, ports: [514, 514] }),
  ];
  expect(await learned(records, { format: DEFAULT_FORMAT })).toMatchObject({
    rules: ["udp 123 to 10.9.0.1/32", "udp 514 to 10.9.0.4/32"],
    unclear: [expect.stringMatching(/^4500 10\.9\.0\.3: both sides were first seen in the same second/)],
  });
});

test("ICMP that the group sent is unclear, as logs have no type of it; answers to pings are not", async () => {
  const icmp = { protocol: 1, ports: [0, 0] as const };
  const records = [
    out("10.9.0.1", icmp),
    back("10.9.0.2", icmp),
    out("10.9.0.2", { ...icmp, start: SINCE + 1 }),
  ];
  const { rules, unclear } = await learned(records);
  expect({ rules, unclear }).toEqual({
    rules: [],
    unclear: ["0 10.9.0.1: flow logs do not tell the type of ICMP"],
  });
});

test("a destination is what the packets have, not the middlebox on the way", async () => {
  const { rules } = await learned([
    out("10.0.9.9", { ports: [40_000, 443], packetDestination: "198.51.100.7", tcpFlags: 2 }),
  ]);
  expect(rules).toEqual(["tcp 443 to 198.51.100.7/32"]);
});

test("link-local services need no rule, and VPC Lattice goes by its list", async () => {
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

test("an address of another VPC is no group, though an interface there has it", async () => {
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

test("ip-ranges.json names the service of an address, and a list only where it is of the group's Region", async () => {
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

test("merging goes as far as the quota asks, tells what it opens, and fails where that is not enough", async () => {
  const hosts = [1, 3, 9, 200].map((host) => `198.51.100.${host}`);
  const records = [...hosts, "203.0.113.1", "203.0.114.1"].map((destination) =>
    out(destination, { ports: [40_000, 443], tcpFlags: 2 }),
  );
  const { rules, found } = await learned(records, { maxRules: "5" });
  expect(rules).toContain("tcp 443 to 198.51.100.0/30");
  expect(rules).toHaveLength(5);
  expect(found.policy.rules.find(({ opens }) => opens > 0n)).toMatchObject({ addresses: 2, opens: 2n });
  await expect(learned(records, { maxRules: "2" })).rejects.toThrow(
    /^the policy needs 3 rules, and 2 is the most \(--max-rules\): say --widest \/22, or --max-rules 3/,
  );
});
