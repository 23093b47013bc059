import { back, learned, out, SINCE, UDP } from "./flows";
import { DEFAULT_FORMAT } from "./logs/format";
import { DATABASE } from "./logs/network";

test("responses from the group's own ports are no requests, whichever port the client uses", async () => {
  const records = [
    back("10.0.3.41", { ports: [40_000, 8080], tcpFlags: 2 }),
    out("10.0.3.41", { ports: [8080, 40_000], tcpFlags: 18 }),
    // In the middle of a connection from a client behind a NAT, at a port in the catalogue.
    out("192.0.2.7", { ports: [8080, 3306], tcpFlags: 0, start: SINCE + 60 }),
    // A service at a port that looks like a client's.
    back("192.0.2.8", { ports: [1025, 45_000], tcpFlags: 2 }),
    out("192.0.2.8", { ports: [45_000, 1025], tcpFlags: 1, start: SINCE + 60 }),
  ];
  expect((await learned(records)).rules).toEqual([]);
});

test("a service that shows only later, or only by its responses, explains earlier traffic", async () => {
  const midway = { tcpFlags: 0, start: SINCE };
  const records = [
    out("192.0.2.7", { ports: [8080, 3306], ...midway }),
    out("192.0.2.8", { ports: [9090, 3306], ...midway }),
    back("10.0.3.41", { ports: [40_000, 8080], tcpFlags: 2, start: SINCE + 60 }),
    out("10.0.3.42", { ports: [9090, 40_000], tcpFlags: 18, start: SINCE + 60 }),
  ];
  expect(await learned(records)).toMatchObject({ rules: [], unclear: [] });
});

test("records of other groups, unlisted interfaces and other accounts are counted separately", async () => {
  const request = out("10.9.0.1", { ports: [40_000, 443], tcpFlags: 2 });
  const { found } = await learned([
    request,
    { ...request, interfaceId: DATABASE[0].id },
    { ...request, interfaceId: "eni-0000000000000cccc" },
    { ...request, interfaceId: "eni-0000000000000dddd", account: "999999999999" },
    { ...request, account: "unknown" },
  ]);
  expect(found.counts).toMatchObject({ own: 2, otherGroups: 1, unlisted: 1, otherAccounts: 1 });
  expect(found.cannotKnow.join()).toContain(
    "1 interface that --interfaces does not list (eni-0000000000000cccc)",
  );
});

test("the ports of a connection older than the logs decide its direction, or it is unclear", async () => {
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

test("an unclear connection counts as a request if another to the same port is one", async () => {
  const records = [
    out("10.9.0.2", { ports: [40_000, 50_051], tcpFlags: 0 }),
    out("10.9.0.2", { ports: [40_001, 50_051], tcpFlags: 2, start: SINCE + 60 }),
  ];
  const { rules, unclear, found } = await learned(records);
  expect({ rules, unclear }).toEqual({ rules: ["tcp 50051 to 10.9.0.2/32"], unclear: [] });
  expect(found.policy.rules[0]?.seen.flows).toBe(2);
});

test("UDP between similar ports belongs to the side seen first; if both start at once, to neither", async () => {
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

test("ICMP from the group is unclear, because logs hold no type; ping replies are not", async () => {
  const icmp = { protocol: 1, ports: [0, 0] as const };
  const records = [
    out("10.9.0.1", icmp),
    back("10.9.0.2", icmp),
    out("10.9.0.2", { ...icmp, start: SINCE + 1 }),
  ];
  const { rules, unclear } = await learned(records);
  expect({ rules, unclear }).toEqual({
    rules: [],
    unclear: ["0 10.9.0.1: flow logs do not record the ICMP type"],
  });
});
