import { identityInGroup } from "../../provider/rule/identity";
import type { Because, GroupRules, UnknownRule } from "../program/model";
import { type Area, areaOf } from "./reach/area";

/** What stands in a group at one time, as areas where it is known. */
export interface Content {
  readonly areas: readonly Area[];
  readonly unknown: readonly UnknownRule[];
  readonly exclusive: readonly Because[];
  /** Equal at two times where the same resources say the same. */
  readonly touch: string;
}

const NOTHING: GroupRules = { rules: [], unknown: [], exclusive: [] };

/** A group that is not there lets out nothing. */
export function contentOf(rules: GroupRules = NOTHING, earlier?: Content): Content {
  // A rule that stays is mostly the same object, and to read its CIDR takes longer than to find it again.
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
