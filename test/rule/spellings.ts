import fc from "fast-check";
import type { UnknownRecord } from "../../provider/rule/record";
import { BITS, dotted, groupsOf, ICMP_TYPES, type ModelRule, NAMES, without, zeroRuns } from "./modelRule";
import { DESTINATIONS } from "./reading";

/** One of the spellings of a rule in a program. */
export function spellingOf(rule: ModelRule): fc.Arbitrary<UnknownRecord> {
  return fc
    .tuple(
      fc.constant({ securityGroupId: rule.group }),
      protocolSpelling(rule.protocol).map((ipProtocol) => ({ ipProtocol })),
      portsSpelling(rule),
      destinationSpelling(rule.destination),
      besides,
    )
    .map((parts) => Object.assign({}, ...parts));
}

const account = fc.stringMatching(/^[0-9]{12}$/);

function integerSpelling(number: number): fc.Arbitrary<unknown> {
  return fc.constantFrom<unknown>(number, String(number), ` ${number} `);
}

function protocolSpelling(protocol: number): fc.Arbitrary<unknown> {
  const name = protocol === -1 ? "all" : NAMES[protocol];
  const number = integerSpelling(protocol);
  return name === undefined ? number : fc.oneof(number, fc.mixedCase(fc.constant(name)));
}

function portsSpelling({ protocol, ports }: ModelRule): fc.Arbitrary<object> {
  const absent = fc.constantFrom({}, { fromPort: null, toPort: null }, { fromPort: undefined });
  if (ports === undefined) {
    const ignored = fc.option(fc.integer({ min: -1, max: 65535 }));
    return fc.oneof(absent, fc.record({ fromPort: ignored, toPort: ignored }));
  }
  const [from, to] = ports;
  const numbers = fc.record({ fromPort: integerSpelling(from), toPort: integerSpelling(to) });
  const names = ICMP_TYPES[protocol];
  if (names === undefined) return numbers;

  const name = names[from];
  const type = name === undefined ? integerSpelling(from) : fc.constantFrom<unknown>(from, name);
  const code = to === -1 ? fc.constantFrom<unknown>(undefined, null, -1, "-1") : integerSpelling(to);
  const all = NAMES[protocol] === "icmpv6" && from === -1 ? [absent] : [];
  return fc.oneof(numbers, fc.record({ icmp: fc.record({ type, code }) }), ...all);
}

function destinationSpelling(destination: ModelRule["destination"]): fc.Arbitrary<object> {
  const nothing = fc.constantFrom(
    {},
    Object.fromEntries(Object.keys(DESTINATIONS).map((property) => [property, null])),
  );
  return fc.tuple(nothing, valueSpelling(destination)).map((parts) => Object.assign({}, ...parts));
}

function valueSpelling(destination: ModelRule["destination"]): fc.Arbitrary<object> {
  if ("id" in destination) {
    const { kind, id } = destination;
    if (kind === "prefixListId") return fc.constant({ [kind]: id });
    return fc.oneof(
      fc.constant({ [kind]: id }),
      account.map((account) => ({ [kind]: `${account}/${id}` })),
      account.map((account) => ({ [kind]: id, referencedSecurityGroupOwnerId: account })),
    );
  }
  const { kind, network, length } = destination;
  const host = fc.bigInt({ min: 0n, max: (1n << BigInt(BITS[kind] - length)) - 1n });
  return fc
    .oneof(fc.constant(0n), host)
    .chain((bits) =>
      kind === "cidrIpv4" ? fc.constant(dotted(network | bits)) : ipv6Spelling(network | bits),
    )
    .map((address) => ({ [kind]: `${address}/${length}` }));
}

/** Leading zeros, capitals, any run of zeros omitted, the end written as IPv4. */
function ipv6Spelling(address: bigint): fc.Arbitrary<string> {
  const groups = groupsOf(address);
  const widths = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 8, maxLength: 8 });
  return fc
    .record({ widths, endsDotted: fc.boolean(), isShort: fc.boolean() })
    .chain(({ widths, endsDotted, isShort }) => {
      const written = groups.map((group, place) => group.toString(16).padStart(widths[place] ?? 1, "0"));
      const texts = endsDotted ? [...written.slice(0, 6), dotted(address)] : written;
      const runs = zeroRuns(groups).filter(([, end]) => !endsDotted || end <= 6);
      const run = isShort && runs.length > 0 ? fc.constantFrom(...runs) : fc.constant(undefined);
      return run.chain((run) => fc.mixedCase(fc.constant(without(texts, run))));
    });
}

/** Details outside a rule's identity. */
const besides: fc.Arbitrary<object> = fc.record(
  {
    description: fc.option(fc.stringMatching(/^[a-zA-Z0-9 ._:/()#,@=;{}!$*-]{0,40}$/)),
    tags: fc.option(fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,9}$/), fc.string({ maxLength: 9 }))),
  },
  { requiredKeys: [] },
);
