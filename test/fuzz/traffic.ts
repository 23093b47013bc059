import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { Port } from "../../index";
import { bad, mostly, type Said } from "./said";

export type SaidPorts = Said<readonly Port[]>;

const port = fc.constantFrom(
  Port.tcp(443),
  Port.tcpRange(8000, 9000),
  Port.udp(53),
  Port.icmp("echo-request", 0),
  Port.icmp("all"),
  Port.icmpv6("echo-request"),
  Port.protocol(50),
  Port.all(),
);

const WRONG: readonly unknown[] = [
  null,
  "443",
  443,
  {},
  { protocol: 6 },
  { protocol: null, fromPort: 1, toPort: 1 },
  { protocol: "x", fromPort: 1, toPort: 1 },
  { protocol: "tcp" },
  { protocol: "tcp", port: 443 },
  { protocol: "tcp", fromPort: 1, toPort: 1, cidrIpv4: "0.0.0.0/0" },
  { protocol: "tcp", fromPort: "http", toPort: 1 },
  Port.tcp(70_000),
  Port.tcp(Number.NaN),
  Port.tcp(1.5),
  Port.tcpRange(2, 1),
  Port.protocol(300),
  () => Port.tcp(1),
];

/** Ports as `AllowOut` accepts them. */
export const portsOf: fc.Arbitrary<SaidPorts> = mostly(
  fc.oneof(
    port.map((one) => ({ make: () => one, isGood: true, means: [one] })),
    fc
      .array(port, { minLength: 1, maxLength: 3 })
      .map((some) => ({ make: () => some, isGood: true, means: some })),
  ),
  fc.oneof(
    bad(...WRONG, undefined, []),
    fc.tuple(fc.constantFrom(...WRONG), port).map((some) => ({ make: () => some, isGood: false })),
    fc
      .constantFrom(
        () => pulumi.output(Port.tcp(443)),
        () => Promise.resolve([Port.tcp(443)]),
        () => [pulumi.output(Port.tcp(443))],
        () => ({ protocol: pulumi.output("tcp"), fromPort: 1, toPort: 1 }),
        () => ({ protocol: "tcp", fromPort: pulumi.output(1), toPort: 1 }),
      )
      .map((make) => ({ make, isGood: false })),
  ),
);
