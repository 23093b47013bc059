import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import * as egress from "../../index";
import { COMMON, type Component, type ComponentCase, caseOf, type Given, type Part } from "./componentCases";
import { entries, type Lists, type SaidTo } from "./destinations";
import { bad, good, mostly, nowOrLater, type Said } from "./said";
import { portsOf, type SaidPorts } from "./traffic";

/** An intent, with the traffic it allows. */
interface SaidIntent extends Said {
  readonly parts: readonly Part[];
}

/** A policy with any intents and any other arguments. */
export function policyCases(lists: Lists): fc.Arbitrary<ComponentCase> {
  const { securityGroup, tags, region, adopt } = COMMON;
  const given = fc.record(
    {
      securityGroup: securityGroup ?? fc.constant({ make: () => undefined, isGood: false }),
      ...(tags && { tags }),
      ...(region && { region }),
      ...(adopt && { adopt }),
      exclusive: nowOrLater(mostly(good(true, false, undefined, null), bad("x", 5, {}))),
      onDestroy: bad("x", 5, {}, true),
      colour: bad("red"),
    },
    { requiredKeys: ["securityGroup"] },
  );
  const often = fc.tuple(given, fc.nat(9)).map(
    ([{ onDestroy, colour, ...some }, die]): Given => ({
      ...some,
      ...(die === 0 && onDestroy && { onDestroy }),
      ...(die === 1 && colour && { colour }),
    }),
  );
  return fc.tuple(often, allowOf(lists)).map(([some, { parts, ...allow }]) => {
    // Without rules there are no tags.
    const isUsed = (name: string) => name !== "tags" || parts.length > 0;
    const defined = Object.entries(some).filter(([name, said]) => said !== undefined && isUsed(name));
    return caseOf(
      "EgressPolicy",
      egress.EgressPolicy as Component,
      { ...Object.fromEntries(defined), allow },
      parts,
    );
  });
}

/** Several intents with different destinations. */
function allowOf(lists: Lists): fc.Arbitrary<SaidIntent> {
  const list = entries(lists, 0)
    .chain((to) => fc.tuple(...to.map(intentTo)))
    .map(
      (some): SaidIntent => ({
        make: () => some.map(({ make }) => make()),
        isGood: some.every(({ isGood }) => isGood),
        wrong: some.flatMap(({ wrong = [] }) => wrong),
        parts: some.flatMap(({ parts }) => parts),
      }),
    );
  const neither = fc
    .oneof(
      bad(null, undefined, 5, "https", {}, [null], [5], ["https"], [{}], [egress.allow.https], [[]]),
      fc
        .constantFrom(
          () => egress.allow.https("10.0.0.0/16"),
          () => pulumi.output([egress.allow.https("10.0.0.0/16")]),
          () => [pulumi.output(egress.allow.https("10.0.0.0/16"))],
          () => [Promise.resolve(egress.allow.https("10.0.0.0/16"))],
        )
        .map((make) => ({ make, isGood: false })),
    )
    .map((said): SaidIntent => ({ ...said, parts: [] }));
  return fc.oneof({ weight: 9, arbitrary: list }, { weight: 1, arbitrary: neither });
}

const { description = good("updates"), silence = good([]) } = COMMON;
const OPTIONS = fc.record({ description, silence }, { requiredKeys: [] });

/** An intent for this destination, in one of its forms. */
function intentTo(to: SaidTo): fc.Arbitrary<SaidIntent> {
  const place = fc.boolean().map((isList): Said => {
    const make = () => {
      const made = to.make();
      return isList && !Array.isArray(made) ? [made] : made;
    };
    return { ...to, make };
  });
  return fc.oneof(
    fc
      .tuple(place, serviceOf, OPTIONS)
      .map(([there, { name, variant, ports }, options]) =>
        intentOf(to, ports, { to: there, variant, ...options }, ({ to: where, ...others }) =>
          anyFunction(egress.allow, name)(where, others),
        ),
      ),
    fc
      .tuple(place, portsOf, OPTIONS)
      .map(([there, ports, options]) =>
        intentOf(
          to,
          ports.means,
          { to: there, ports, ...options },
          ({ to: where, ports: traffic, ...others }) =>
            anyFunction(egress.allow, "traffic")(traffic, where, others),
        ),
      ),
    fc
      .tuple(place, mostly(good("vendor appliance"), bad("", null, 5, "why?")))
      .map(([there, description]) =>
        intentOf(to, [egress.Port.all()], { to: there, description }, ({ to: where, ...others }) =>
          anyFunction(egress.allow, "everything")(where, others),
        ),
      ),
    fc.tuple(place, portsOf, OPTIONS).map(([there, ports, options]) =>
      intentOf(to, ports.means, { to: there, ports, ...options }, (said) => {
        const { ports: some } = said;
        return { ...said, ports: Array.isArray(some) || !ports.isGood ? some : [some] };
      }),
    ),
  );
}

/** A service of the catalogue that has an intent, and the traffic of its variant. */
const serviceOf = fc.constantFrom("https", "kafka", "ping", "ipsec", "dns", "consul").chain((name) => {
  const service = Object.entries<egress.Service>(egress.SERVICES).find(([one]) => one === name)?.[1];
  const [[first = "", ports = []] = [], ...others] = Object.entries(service?.variants ?? {});
  const known = [[undefined, ports], [first, ports], ...others].map(([variant, of]) => ({
    name,
    variant: { make: () => variant, isGood: true },
    ports: Array.isArray(of) ? of : [],
  }));
  const none = bad("nope", "toString", 5, []).map((variant) => ({ name, variant, ports: [] }));
  return fc.oneof({ weight: 14, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: none });
});

function intentOf(
  to: SaidTo,
  ports: SaidPorts["means"],
  given: Given,
  make: (args: { readonly [name: string]: unknown }) => unknown,
): SaidIntent {
  const all = Object.entries(given);
  return {
    make: () => make(Object.fromEntries(all.map(([name, said]) => [name, said.make()]))),
    isGood: all.every(([, { isGood }]) => isGood),
    wrong: all.flatMap(([name, { isGood }]) => (isGood ? [] : [name])),
    parts: [{ ports: [...new Set(ports)], to: to.means ?? [] }],
  };
}

/** As JavaScript calls it, with any value. */
function anyFunction(of: object, name: string): (...args: readonly unknown[]) => unknown {
  return (...args) => Reflect.apply(Reflect.get(of, name), undefined, args);
}
