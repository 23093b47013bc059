import type { Because, Model } from "../../../cli/program/model";
import { from, model, rule, rules } from "./rules";

/** People's text that a report repeats. */
export interface Words {
  readonly resource: string;
  readonly reason: string;
  readonly group: string;
  readonly file: string;
  readonly what: string;
  readonly gap: string;
}

export const HARMLESS: Words = {
  resource: "web",
  reason: "calls the shop",
  group: "sg-0123456789abcdef0",
  file: "index.ts",
  what: "cidrIpv4 is secret",
  gap: "No state was given.",
};

/** A change with each of these words in each place of a report that can hold it. */
export function programWith({ resource, reason, group, file, what, gap }: Words): Model {
  const because: Because = from(resource, {
    urn: "urn:pulumi:prod::shop::t::x",
    reason,
    source: { file, line: 4 },
  });
  const before = rules([rule("tcp 443 to 10.0.0.0/8", because)], { exclusive: [because] });
  const after = rules(
    [
      rule("tcp 22 to 198.51.100.0/24", because),
      rule("tcp 22 to 198.51.100.7/32", { ...because, urn: "urn:pulumi:prod::shop::t::y" }),
      rule("icmp -1/-1 to 10.0.0.0/8", because),
      rule("-1 to 2001:db8::/32", because),
      rule("-1 to pl-0a1b2c3d", because),
    ],
    { unknown: [{ because, what }] },
  );
  const same = {
    group: `${group} too`,
    before: rules(["tcp 80-81 to 10.0.0.0/8"]),
    after: rules(["tcp 80 to 10.0.0.0/8", "tcp 81 to 10.0.0.0/8"]),
  };
  return model(
    [{ group, urn: `urn:pulumi:prod::shop::t::${resource}`, before, after }, same, { group: "untouched" }],
    [gap],
  );
}

/** A program with many groups, each with this many rules; every `every`th group changes. */
export function manyGroups(
  groups: number,
  each: number,
  change: (group: number) => readonly string[],
): Model {
  return model(
    Array.from({ length: groups }, (_, at) => {
      const before = rules(
        Array.from({ length: each }, (_, one) => `tcp ${1000 + one} to 10.${at % 256}.${one % 256}.0/24`),
      );
      const more = change(at);
      const after =
        more.length === 0
          ? before
          : rules([...before.rules, ...more.map((text) => rule(text, from(`${text} of ${at}`)))]);
      return { group: `sg-${String(at).padStart(17, "0")}`, before, after };
    }),
  );
}
