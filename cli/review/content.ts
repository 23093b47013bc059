import { identityInGroup } from "../../provider/rule/identity";
import type { Because, GroupRules, UnknownRule } from "../program/model";
import { type Area, areaOf } from "./reach/area";

/** A group's rules at one point in time, as areas if they are known. */
export interface Content {
  readonly areas: readonly Area[];
  readonly unknown: readonly UnknownRule[];
  readonly exclusive: readonly Because[];
  /** Equal at two times if the same resources specify the same rules. */
  readonly touch: string;
}

const NOTHING: GroupRules = { rules: [], unknown: [], exclusive: [] };

/** The rules as areas. A group that does not exist allows nothing. */
export function contentOf(rules: GroupRules = NOTHING, earlier?: Content): Content {
  // An unchanged rule is usually the same object, and looking up its area is faster than parsing its CIDR again.
  const known = new Map(earlier?.areas.map((area) => [area.rule, area]));
  const areas: Area[] = [];
  const unknown: UnknownRule[] = [...rules.unknown];
  const said: string[] = rules.unknown.map(({ because, what }) => `${because.urn} ${what}`);
  for (const rule of rules.rules) {
    const area = known.get(rule) ?? areaOf(rule);
    if (area === undefined)
      unknown.push({ because: rule.because, what: "part of the rule is unknown until `pulumi up`" });
    else areas.push(area);
    said.push(`${rule.because.urn} ${identityInGroup(rule.traffic)} ${rule.because.reason ?? ""}`);
  }
  said.push(...rules.exclusive.map(({ urn }) => `exclusive ${urn}`));
  return { areas, unknown, exclusive: rules.exclusive, touch: said.sort().join("\n") };
}
