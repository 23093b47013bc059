import fc from "fast-check";
import { canonicalForm, type ModelRule, masked } from "../test/rule/modelRule";
import type { Random } from "./random";

/** A rule with details outside its identity. */
export interface SoakRule {
  readonly model: ModelRule;
  readonly description: string | undefined;
  readonly tags: Tags;
}

export interface Tags {
  readonly [key: string]: string;
}

type Destination = ModelRule["destination"];

/** Possible destinations of rules, apart from the fixed networks. */
export interface Places {
  readonly groups: readonly string[];
  readonly prefixLists: readonly string[];
}

/** What identifies a rule. */
export function keyOf(model: ModelRule): string {
  return JSON.stringify(canonicalForm(model));
}

/** A rule from so few values that two are often similar. */
export function anyModel(random: Random, group: string, places: Places): ModelRule {
  const protocol = random.pick([6, 6, 6, 6, 17, 17, 1, 58, -1, 50]);
  const kind = random.pick(KINDS);
  return { group, protocol, ports: anyPorts(random, protocol), destination: anyPlace(random, kind, places) };
}

/** The same rule with other ports; undefined if its protocol has none. */
export function withOtherPorts(random: Random, model: ModelRule): ModelRule | undefined {
  return model.ports && { ...model, ports: anyPorts(random, model.protocol) };
}

/** Another destination, of the same kind or of any. */
export function withOtherPlace(random: Random, model: ModelRule, places: Places, kind?: Kind): ModelRule {
  return { ...model, destination: anyPlace(random, kind ?? random.pick(KINDS), places) };
}

type Kind = Destination["kind"];
const KINDS: readonly Kind[] = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

export function anyDescription(random: Random): string | undefined {
  if (random.chance(0.25)) return undefined;
  return random.of(fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9 ._:/()#,@=;{}!$*-]{0,40}[a-zA-Z0-9)]$/));
}

export function anyTags(random: Random): Tags {
  const value = fc.stringMatching(/^[a-zA-Z0-9_.:/=+@-]{0,9}$/);
  const tags = fc.dictionary(fc.constantFrom("Team", "Env", "App"), value, { maxKeys: 2 });
  return { ...random.of(tags) };
}

function anyPorts(random: Random, protocol: number): ModelRule["ports"] {
  if (protocol === 1)
    return random.pick([[8, 0] as const, [3, 4] as const, [3, -1] as const, [-1, -1] as const]);
  if (protocol === 58) return random.pick([[128, 0] as const, [-1, -1] as const]);
  if (protocol !== 6 && protocol !== 17) return undefined;
  const from = random.pick([22, 80, 443, 5432, 8000, random.integer(0, 65535)]);
  return [from, random.chance(0.7) ? from : random.integer(from, 65535)];
}

function anyPlace(random: Random, kind: Kind, places: Places): Destination {
  switch (kind) {
    case "cidrIpv4": {
      const network = random.pick([0x0a000000n, 0x0a010000n, 0x64440000n, 0xc0000200n]);
      return masked({ kind, network, length: random.pick([0, 16, 18, 32]) });
    }
    case "cidrIpv6": {
      const network = random.pick([0x20010db8n << 96n, 0x20010db800010000n << 64n, 0xfd00n << 112n]);
      return masked({ kind, network, length: random.pick([0, 32, 48, 128]) });
    }
    case "prefixListId":
      return { kind, id: random.pick(places.prefixLists) };
    case "referencedSecurityGroupId":
      return { kind, id: random.pick(places.groups) };
  }
}
