import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { Peer } from "../../index";
import { bad, later, nowOrLater, type Said } from "./said";

/** A component's destination: its value, and the family known while the program runs. */
export interface To {
  /** The canonical value; undefined if a preview does not know it. */
  readonly value: string | undefined;
  readonly family?: "ipv4" | "ipv6";
  /** Whether it is looked up by its name once the Region is known. */
  readonly isNamed?: true;
}

/** One entry among destinations, which leads to one or more. */
export type SaidTo = Said<readonly To[]>;

/** A group that the same program creates. */
export class Group extends pulumi.CustomResource {
  constructor(name: string) {
    super("test:index:Group", name, {});
  }
}

const GROUPS = ["sg-1a2b3c4d", "sg-2a2b3c4d", "sg-0123456789abcdef0"];
const CIDRS = [
  ["10.0.0.9/8", "10.0.0.0/8", "ipv4"],
  ["10.1.0.0/16", "10.1.0.0/16", "ipv4"],
  ["0.0.0.0/0", "0.0.0.0/0", "ipv4"],
  ["2001:DB8::1/32", "2001:db8::/32", "ipv6"],
  ["::/0", "::/0", "ipv6"],
] as const;

const said = <Means>(value: unknown, means: Means): Said<Means> => ({
  make: () => value,
  isGood: true,
  means,
});

const cidr = fc.constantFrom(...CIDRS).map(([text, value, family]) => said(text, [{ value, family }]));
const groupId = fc.constantFrom(...GROUPS).map((id) => said(id, [{ value: id }]));
const text = fc.oneof(
  { weight: 3, arbitrary: cidr },
  groupId,
  fc.constant(said("pl-1a2b3c4d", [{ value: "pl-1a2b3c4d" }])),
  fc.constant(said("123456789012/sg-3a2b3c4d", [{ value: "sg-3a2b3c4d" }])),
);

/** An Output may resolve to one text or to several. Until then, its family is unknown, too. */
const laterTexts = later(
  fc.oneof(text, fc.uniqueArray(text, { minLength: 1, maxLength: 3, selector: valuesOf }).map(listed)),
).map(({ means, ...one }): SaidTo => ({ ...one, means: means ?? [{ value: undefined }] }));

const ofGroup =
  (make: (id: unknown) => unknown) =>
  (one: Said<readonly To[]>): SaidTo => ({
    isGood: one.isGood,
    make: () => make(one.make()),
    means: one.means ?? [{ value: undefined }],
  });

/** The endpoint's prefix lists, by name. */
export type Lists = { readonly [name: string]: string };

/** A valid destination. */
function goodTo(lists: Lists): fc.Arbitrary<SaidTo> {
  const s3 = lists["com.amazonaws.us-east-1.s3"];
  const isNamed = true as const;
  const named = fc.constantFrom(
    said(Peer.awsService("s3"), [{ value: s3, isNamed }]),
    said(Peer.awsService("dynamodb"), [{ value: lists["com.amazonaws.us-east-1.dynamodb"], isNamed }]),
    said(Peer.prefixList({ name: "com.amazonaws.us-east-1.s3" }), [{ value: s3, isNamed }]),
  );
  return fc.oneof(
    { weight: 5, arbitrary: text },
    { weight: 3, arbitrary: laterTexts },
    nowOrLater(groupId).map(ofGroup((id) => ({ id }))),
    nowOrLater(groupId).map(ofGroup((id) => ({ securityGroup: id, ownerId: "123456789012" }))),
    fc.constant({ make: () => new Group("database"), isGood: true, means: [{ value: undefined }] }),
    named,
    fc.uniqueArray(text, { minLength: 1, maxLength: 2, selector: valuesOf }).map(listed),
  );
}

/** Values that are no destination. */
const WRONG: readonly unknown[] = [
  5,
  true,
  {},
  [],
  "",
  "web",
  "10.0.0.0",
  "sg-",
  "pl-",
  ":",
  "\u001b[31m",
  "\ud800",
  "10.0.0.0/8,10.1.0.0/16",
];
const badTo = fc.oneof(
  bad(...WRONG, null, undefined, [null], [5], [[]], [[["10.0.0.0/8"]]], new Map(), () => "10.0.0.0/8", 5n),
  bad({ prefixListName: 5 }, { prefixListName: "" }, { prefixListName: null }),
  bad({ securityGroup: "sg-1a2b3c4d", ownerId: 5 }, { securityGroup: null, ownerId: "123456789012" }),
  bad({ id: null }, { id: 5 }, { id: "web" }, { securityGroup: "web", ownerId: "123456789012" }),
  fc.constant({
    make: () => ({ prefixListName: pulumi.output("com.amazonaws.us-east-1.s3") }),
    isGood: false,
  }),
  // An unknown value may resolve to anything.
  later(bad(...WRONG, null, [null], [["10.0.0.0/8"]])).map(
    (one): SaidTo => ({ ...one, means: [{ value: undefined }] }),
  ),
);

function valuesOf({ means = [] }: SaidTo): string {
  return means.map(({ value }) => value).join();
}

/** Distinct destinations. */
export function entries(lists: Lists, minLength: number): fc.Arbitrary<readonly SaidTo[]> {
  const wrong = fc.tuple(badTo, goodTo(lists)).map(([one, other]): SaidTo[] => [one, other]);
  const right = fc.array(goodTo(lists), { minLength, maxLength: 3 }).map(distinct);
  return fc.oneof({ weight: 10, arbitrary: right }, { weight: 1, arbitrary: wrong });
}

function distinct(some: readonly SaidTo[]): SaidTo[] {
  const seen = new Set<string>();
  return some.filter(({ means = [] }) => {
    const values = means.flatMap(({ value }) => value ?? []);
    const isNew = values.every((value) => !seen.has(value)) && (values.length > 0 || !seen.has("?"));
    for (const value of values.length > 0 ? values : ["?"]) seen.add(value);
    return isNew;
  });
}

/** `to` of a component: a list, a single destination, or an invalid value. */
export function toOf(lists: Lists): fc.Arbitrary<SaidTo> {
  const list = entries(lists, 1).map(listed);
  const neither = bad(null, undefined, 5, true, {}, [], { lan: "10.0.0.0/8" }, new Set(["10.0.0.0/8"]));
  return fc.oneof(
    { weight: 9, arbitrary: list },
    { weight: 4, arbitrary: goodTo(lists) },
    { weight: 1, arbitrary: badTo },
    { weight: 1, arbitrary: neither },
  );
}

function listed(some: readonly SaidTo[]): SaidTo {
  return {
    make: () => some.map(({ make }) => make()),
    isGood: some.every(({ isGood }) => isGood),
    means: some.flatMap(({ means = [] }) => means),
  };
}
