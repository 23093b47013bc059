import fc from "fast-check";
import { isGiven, type UnknownRecord } from "../../provider/rule/record";
import { UNKNOWN } from "../../provider/rule/unknown";
import { type ModelRule, masked, NAMES } from "./modelRule";
import { DESTINATIONS, RULE } from "./reading";
import { spellingOf } from "./spellings";

const hexId = (prefix: string) =>
  fc.stringMatching(/^([0-9a-f]{8}|[0-9a-f]{17})$/).map((digits) => `${prefix}-${digits}`);

// Few values of each, so that two rules are often similar.
const group = fc.constantFrom("sg-1a2b3c4d", "sg-4b51a32f", "sg-0123456789abcdef0");
const port = fc.oneof(fc.constantFrom(0, 22, 80, 443, 65535), fc.integer({ min: 0, max: 65535 }));
const icmpNumber = fc.oneof(fc.constantFrom(0, 1, 2, 3, 8, 11, 128), fc.integer({ min: 0, max: 255 }));
const protocol = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(6, 17, 1, 58, -1) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) },
);

function portsOf(protocol: number): fc.Arbitrary<ModelRule["ports"]> {
  switch (NAMES[protocol]) {
    case "tcp":
    case "udp":
      return fc.tuple(port, port).map(([one, other]) => [Math.min(one, other), Math.max(one, other)]);
    case "icmp":
    case "icmpv6":
      return fc.oneof(
        fc.constant([-1, -1] as const),
        fc.tuple(icmpNumber, fc.oneof(fc.constant(-1), icmpNumber)),
      );
    default:
      return fc.constant(undefined);
  }
}

const ipv4Address = fc.oneof(
  fc.constantFrom(0n, 0x0a000000n, 0x64440012n, 0xffffffffn),
  fc.bigInt({ min: 0n, max: 0xffffffffn }),
);
const ipv6Group = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  fc.constantFrom(1, 0xdb8, 0xffff),
  fc.nat(0xffff),
);
const ipv6Address = fc
  .array(ipv6Group, { minLength: 8, maxLength: 8 })
  .map((groups) => groups.reduce((address, group) => (address << 16n) | BigInt(group), 0n));

const destination: fc.Arbitrary<ModelRule["destination"]> = fc.oneof(
  fc.record({ kind: fc.constant("cidrIpv4"), network: ipv4Address, length: fc.nat(32) }).map(masked),
  fc.record({ kind: fc.constant("cidrIpv6"), network: ipv6Address, length: fc.nat(128) }).map(masked),
  fc.record({ kind: fc.constant("prefixListId"), id: hexId("pl") }),
  fc.record({ kind: fc.constant("referencedSecurityGroupId"), id: fc.oneof(group, hexId("sg")) }),
);

export const modelRule: fc.Arbitrary<ModelRule> = protocol.chain((protocol) =>
  fc.record({ group, protocol: fc.constant(protocol), ports: portsOf(protocol), destination }),
);

/** A rule that differs from this one in at most one thing. */
function neighbourOf(rule: ModelRule): fc.Arbitrary<ModelRule> {
  return fc.oneof(
    group.map((group) => ({ ...rule, group })),
    destination.map((destination) => ({ ...rule, destination })),
    fc.constant({ ...rule, destination: nextRange(rule.destination) }),
    portsOf(rule.protocol).map((ports) => ({ ...rule, ports })),
    protocol.chain((protocol) => portsOf(protocol).map((ports) => ({ ...rule, protocol, ports }))),
  );
}

/** The same start, one bit shorter or longer. */
function nextRange(destination: ModelRule["destination"]): ModelRule["destination"] {
  if ("id" in destination) return destination;
  const { length } = destination;
  return masked({ ...destination, length: length === 0 ? 1 : length - 1 });
}

export const twoModelRules: fc.Arbitrary<readonly [ModelRule, ModelRule]> = fc.oneof(
  fc.tuple(modelRule, modelRule),
  modelRule.chain((rule) => fc.tuple(fc.constant(rule), neighbourOf(rule))),
);

/** A rule in one of its spellings. */
export const spelledRule: fc.Arbitrary<readonly [ModelRule, UnknownRecord]> = modelRule.chain((rule) =>
  fc.tuple(fc.constant(rule), spellingOf(rule)),
);

/** The same, with some values unknown. */
export const halfKnownSpelling: fc.Arbitrary<UnknownRecord> = spelledRule.chain(([, args]) =>
  fc.subarray(Object.keys(args).filter((property) => isGiven(args[property]))).map((properties) => ({
    ...args,
    ...Object.fromEntries(properties.map((property) => [property, UNKNOWN])),
  })),
);

const ARGUMENTS = [...Object.keys(RULE), ...Object.keys(DESTINATIONS)].concat(
  "icmp",
  "referencedSecurityGroupOwnerId",
  "description",
  "tags",
);
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...ARGUMENTS) },
  { weight: 1, arbitrary: fc.constantFrom("__proto__", "constructor", "toString", "cidrBlocks", "") },
  { weight: 1, arbitrary: fc.string() },
);
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom("constructor", "__proto__", "toString", "tcp", "-1", "icmp", "::/0", UNKNOWN),
  fc.record({ type: fc.jsonValue({ maxDepth: 1 }), code: fc.jsonValue({ maxDepth: 1 }) }),
);

/** Possible input over the wire: any JSON, alone and under the names of arguments. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 1, arbitrary: json },
  { weight: 4, arbitrary: fc.array(fc.tuple(name, json)).map((entries) => Object.fromEntries(entries)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(spelledRule, name, json)
      .map(([[, args], name, value]) => ({ ...args, [name]: value })),
  },
);

/** A rule with destinations added and removed at random: some results are rules, most are not. */
export const mixedArguments: fc.Arbitrary<UnknownRecord> = fc
  .tuple(
    spelledRule,
    fc.record(
      {
        cidrIpv4: fc.constantFrom(null, "10.0.0.1/8", "0.0.0.0/0"),
        cidrIpv6: fc.constantFrom(null, "::/0", "2001:DB8::/32"),
        prefixListId: fc.constantFrom(null, DESTINATIONS.prefixListId),
        referencedSecurityGroupId: fc.constantFrom(null, DESTINATIONS.referencedSecurityGroupId),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([[, args], destinations]) => ({ ...args, ...destinations }));
