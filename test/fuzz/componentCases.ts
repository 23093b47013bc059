import fc from "fast-check";
import * as egress from "../../index";
import { type Lists, type To, toOf } from "./destinations";
import { bad, good, later, mostly, nowOrLater, type Said, shown } from "./said";
import { portsOf } from "./traffic";

/** A component of the package, with any arguments. */
export interface ComponentCase {
  readonly component: string;
  /** Creates it, with the given values. */
  readonly construct: () => unknown;
  /** The arguments that must be refused. */
  readonly wrong: readonly string[];
  /** The traffic that its rules allow, if nothing is wrong. */
  readonly parts: readonly Part[];
  /** With its arguments, for a counterexample. */
  readonly [fc.toStringMethod]: () => string;
}

/**
 * Each of these ports to each of these destinations, without pairs of different families, unless no others are left.
 */
export interface Part {
  readonly ports: readonly egress.Port[];
  readonly to: readonly To[];
}

/** A class as JavaScript sees it. */
export type Component = new (name: string, args: unknown) => unknown;

/** Every component that is a class of rules, by its name. */
export const COMPONENTS: ReadonlyMap<string, Component> = new Map(
  Object.entries(egress).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "function" && /^Allow/.test(name) ? [[name, value as Component] as const] : [],
  ),
);

const group = nowOrLater(mostly(good("sg-0a0a0a0a"), bad("web", "", "sg-", 5, null, [], true, "\u001b[31m")));

/** The arguments of every component. */
export const COMMON: { readonly [argument: string]: fc.Arbitrary<Said> } = {
  securityGroup: fc.oneof(
    { weight: 3, arbitrary: group },
    group.map(({ make, ...said }): Said => ({ ...said, make: () => ({ id: make() }) })),
    mostly(
      good({ id: "sg-0a0a0a0a" }),
      bad(undefined, {}, { id: null }, () => "sg-0a0a0a0a"),
    ),
  ),
  description: nowOrLater(
    mostly(
      good("updates", "", null, undefined),
      bad("why?", 5, {}, [], "\u001b[2J", "\ud800", "x".repeat(256)),
    ),
  ),
  tags: mostly(
    fc.oneof(
      good({ Team: "web" }, { Team: 5 }, { Team: null }, {}, null, undefined),
      later(good({ Team: "web" }, {})),
    ),
    nowOrLater(bad("x", 5, [], { Team: [5] }, { "aws:x": "1" }, { "pulumi-aws-egress:owner": "a/b/c" })),
  ),
  region: nowOrLater(mostly(good("us-east-1", null, undefined), bad("mars", 5, {}, []))),
  adopt: nowOrLater(mostly(good(true, false, null, undefined), bad("x", 5, {}, []))),
  silence: mostly(
    good([], ["smtp"], ["anywhere", "weight"], undefined, null),
    bad("smtp", 5, {}, ["nope"], [null], new Set(["smtp"])),
  ),
};

const EXTRA = fc.oneof(
  { weight: 20, arbitrary: fc.constant<Given>({}) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("colour", "cidrIpv4", "egress")
      .map((name): Given => ({ [name]: { make: () => "10.0.0.0/8", isGood: false } })),
  },
);

/** Any component with any arguments. */
export function componentCases(lists: Lists): fc.Arbitrary<ComponentCase> {
  return fc.constantFrom(...COMPONENTS).chain(([component, Made]) => {
    const own = ownArguments(component, lists);
    const all = { ...COMMON, ...own };
    const some = fc.record(all as { [argument: string]: fc.Arbitrary<Said> }, {
      requiredKeys: ["securityGroup", ...Object.keys(own).filter((name) => name !== "variant")],
    });
    return fc.tuple(some, EXTRA).map(([given, extra]) => {
      const part = { ports: portsMeant(component, given), to: toMeant(component, given, lists) };
      return caseOf(component, Made, { ...given, ...extra }, [part]);
    });
  });
}

export type Given = { readonly [argument: string]: Said };

/** A component with these arguments. */
export function caseOf(
  component: string,
  Made: Component,
  given: Given,
  parts: readonly Part[],
): ComponentCase {
  const args = () => Object.fromEntries(Object.entries(given).map(([name, { make }]) => [name, make()]));
  // Without a known Region, nothing is looked up.
  const known = (one: To): To => (one.isNamed && given.region?.isUnknown ? { value: undefined } : one);
  return {
    component,
    construct: () => new Made("web", args()),
    wrong: Object.entries(given).flatMap(([name, { isGood, wrong = [name] }]) => (isGood ? [] : wrong)),
    parts: parts.map(({ ports, to }) => ({ ports, to: to.map(known) })),
    [fc.toStringMethod]: () => `${component} ${shown(args())}`,
  };
}

function variantsOf(component: string): { readonly [variant: string]: readonly egress.Port[] } | undefined {
  const { service } = Object(COMPONENTS.get(component));
  const found = Object.entries<egress.Service>(egress.SERVICES).find(([name]) => name === service);
  return found?.[1].variants;
}

function ownArguments(component: string, lists: Lists): { [argument: string]: fc.Arbitrary<Said> } {
  const to = toOf(lists);
  const s3 = lists["com.amazonaws.us-east-1.s3"];
  const isS3 = ({ value }: To) => value === s3;
  if (component === "AllowOut") return { to, ports: portsOf };
  if (component === "AllowAllOut") {
    const said = mostly(good("vendor appliance"), bad("", null, undefined, 5, {}, "why?"));
    return { to, description: fc.oneof({ weight: 3, arbitrary: said }, later(good("vendor appliance"))) };
  }
  if (component === "AllowS3Out" || component === "AllowDynamoDbOut") return {};
  const variants = variantsOf(component);
  if (component === "AllowEcrPullOut") return { to: to.filter(({ means = [] }) => !means.some(isS3)) };
  if (variants === undefined) return { to };
  const variant = Object.keys(variants).map(
    (name): Said => ({
      make: () => name,
      isGood: true,
      means: name,
    }),
  );
  const none = bad("nope", "toString", "__proto__", 5, {}, "", []);
  return { to, variant: mostly(fc.oneof(fc.constantFrom(...variant), good(undefined, null)), none) };
}

function portsMeant(component: string, { ports, variant }: Given): readonly egress.Port[] {
  if (component === "AllowOut") return Array.isArray(ports?.means) ? [...new Set(ports.means)] : [];
  const variants = variantsOf(component);
  if (variants === undefined) return [egress.Port.tcp(443)];
  return variants[String(variant?.means)] ?? Object.values(variants)[0] ?? [];
}

function toMeant(component: string, { to }: Given, lists: Lists): readonly To[] {
  const s3 = { value: lists["com.amazonaws.us-east-1.s3"], isNamed: true } as const;
  if (component === "AllowS3Out") return [s3];
  if (component === "AllowDynamoDbOut")
    return [{ value: lists["com.amazonaws.us-east-1.dynamodb"], isNamed: true }];
  const said = Array.isArray(to?.means) ? to.means : [];
  return component === "AllowEcrPullOut" ? [...said, s3] : said;
}
