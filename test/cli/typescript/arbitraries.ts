import fc from "fast-check";
import { intentsOf } from "../../../cli/typescript/intentsOf";
import type {
  SourceDeclaration,
  SourceDestination,
  SourceProgram,
  SourceRule,
} from "../../../cli/typescript/source";
import { SERVICES, type Service } from "../../../components/catalogue";
import { type Port, portName } from "../../../components/port";
import { isBlank } from "../../../provider/rule/description";

const CATALOGUE_PORTS = Object.values(SERVICES).flatMap(({ variants }: Service) =>
  Object.values(variants).flat(),
);

const port = fc.integer({ min: 0, max: 65535 });
const icmpNumber = fc.oneof(fc.constantFrom(0, 3, 8, 128), fc.integer({ min: 0, max: 255 }));
const range = (protocol: string) =>
  fc.tuple(port, port).map((ports): Port => {
    const [fromPort, toPort] = [Math.min(...ports), Math.max(...ports)];
    return { protocol, fromPort, toPort };
  });
const icmp = (protocol: string) =>
  fc.oneof(
    fc.constant<Port>({ protocol, fromPort: -1, toPort: -1 }),
    fc
      .tuple(icmpNumber, fc.oneof(fc.constant(-1), icmpNumber))
      .map(([fromPort, toPort]): Port => ({ protocol, fromPort, toPort })),
  );

/** Traffic of every kind; over half of it belongs to services in the catalogue. */
export const anyPort: fc.Arbitrary<Port> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...CATALOGUE_PORTS) },
  { weight: 2, arbitrary: fc.oneof(range("tcp"), range("udp"), icmp("icmp"), icmp("icmpv6")) },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 0, max: 255 })
      .filter((number) => ![1, 6, 17, 58].includes(number))
      .map((number): Port => ({ protocol: String(number) })),
  },
  { weight: 1, arbitrary: fc.constant<Port>({ protocol: "-1" }) },
);

const hexId = (prefix: string) => fc.stringMatching(/^[0-9a-f]{17}$/).map((digits) => `${prefix}-${digits}`);
const someIpv4 = fc
  .tuple(fc.nat(0xff), fc.nat(0xff), fc.constantFrom(16, 24, 32))
  .map(([one, other, length]) => `10.${one}.${length > 16 ? other : 0}.0/${length}`);
const someIpv6 = fc.nat(0xfffe).map((part) => `2001:db8:${(part + 1).toString(16)}::/48`);

export const ipv4 = fc
  .oneof(fc.constantFrom("0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16"), someIpv4)
  .map((value): SourceDestination => ({ kind: "ipv4", value }));
export const ipv6 = fc
  .oneof(fc.constantFrom("::/0"), someIpv6)
  .map((value): SourceDestination => ({ kind: "ipv6", value }));

/** Destinations of every kind. */
export const destination: fc.Arbitrary<SourceDestination> = fc.oneof(
  ipv4,
  ipv6,
  fc.record({ kind: fc.constant<"securityGroup">("securityGroup"), value: hexId("sg") }),
  fc.record({
    kind: fc.constant<"securityGroup">("securityGroup"),
    value: hexId("sg"),
    ownerId: fc.stringMatching(/^\d{12}$/),
  }),
  fc.record({ kind: fc.constant<"prefixList">("prefixList"), value: hexId("pl") }),
  fc.record({
    kind: fc.constant<"prefixList">("prefixList"),
    value: hexId("pl"),
    listName: fc.constantFrom(
      "com.amazonaws.us-east-1.s3",
      "com.amazonaws.eu-central-1.dynamodb",
      "com.amazonaws.ap-southeast-1.ipv6.route53-healthchecks",
      "com.amazonaws.global.cloudfront.origin-facing",
      "offices",
    ),
  }),
);

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ._-:/()#,@[]+=&;{}!$*";

/** Descriptions that EC2 accepts, some of them those of services, and none. */
export const descriptions = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  {
    weight: 2,
    arbitrary: fc.constantFrom("HTTPS", "the Kubernetes API", "Amazon S3", "orders", "package updates"),
  },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 255 })
      .filter((text) => !isBlank(text)),
  },
);

const tagText = (maxLength: number) =>
  fc
    .oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          "Team",
          "web",
          "cost-centre",
          `it's "quoted"`,
          "東京",
          "constructor",
          "1",
          "0x1",
        ),
      },
      { weight: 2, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength }) },
      { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength }) },
    )
    .filter((text) => /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u.test(text));

/** Record keys that Pulumi's SDK cannot send: it mistakes them for members of every object. */
const BEYOND_PULUMI = ["__proto__", "toString"];

/** Tags that EC2 accepts, and none. */
export const anyTags = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constant({ Team: "web" }) },
  {
    weight: 2,
    arbitrary: fc.dictionary(
      tagText(60).filter(
        (key) =>
          [...key].length <= 60 && !/^aws:|^pulumi-aws-egress:/i.test(key) && !BEYOND_PULUMI.includes(key),
      ),
      tagText(120),
      { minKeys: 1, maxKeys: 3, noNullPrototype: true },
    ),
  },
);

const anyRule: fc.Arbitrary<SourceRule> = fc
  .record({ port: anyPort, to: destination, description: descriptions, tags: anyTags })
  .map(({ port, to, description, tags }) => {
    const toCidr = to.kind === "ipv4" || to.kind === "ipv6";
    const taken = toCidr ? description : description?.replaceAll("&", "+");
    return { port, to, ...(taken !== undefined && { description: taken }), ...(tags && { tags }) };
  });

/** Distinct rules of one group. */
export const rulesOfGroup: fc.Arbitrary<readonly SourceRule[]> = fc.uniqueArray(anyRule, {
  minLength: 1,
  maxLength: 60,
  selector: ({ port, to }) => `${portName(port)} ${to.value}`,
});

const declaration = (group: string): fc.Arbitrary<SourceDeclaration> =>
  fc
    .record({
      as: fc.constantFrom("policy", "set", "rules", "components"),
      name: fc.constantFrom("web", group),
      exclusive: fc.boolean(),
      tags: anyTags,
      comment: fc.constantFrom([], ["All of it.", `${"word ".repeat(30)}`]),
      rules: rulesOfGroup,
      region: fc.constantFrom(undefined, "eu-west-1"),
    })
    .map(({ as, rules, tags, region, ...others }): SourceDeclaration => {
      const common = {
        ...others,
        group,
        adopt: true,
        ...(tags && { tags }),
        ...(region !== undefined && { region }),
      };
      if (as === "set" || as === "rules") return { ...common, as, rules };
      return { ...common, as, intents: intentsOf(rules) };
    });

/** Programs with one to three groups. */
export const anyProgram: fc.Arbitrary<SourceProgram> = fc
  .uniqueArray(hexId("sg"), { minLength: 1, maxLength: 3 })
  .chain((groups) =>
    fc.record({
      comment: fc.constantFrom([], ["What it is.", "", "And why."]),
      fromConfig: fc.boolean(),
      names: fc.subarray(groups).map((named) => new Map(named.map((id, place) => [id, `group${place}`]))),
      declarations: fc.tuple(...groups.map(declaration)),
    }),
  );
