import type { Reasons } from "./because";
import { canonical } from "./canonical";
import type { Group, Groups } from "./groups";
import type { Because, DeclaredRule, UnknownRule } from "./model";
import { OWN_GROUP, type SaidRule } from "./reader";
import { READERS } from "./readers";
import type { Resource } from "./resource";

/** The rules that one resource specifies for one group. */
export interface Part {
  readonly group: Group;
  readonly rules: readonly DeclaredRule[];
  readonly unknown: readonly UnknownRule[];
}

/** The rules that one resource specifies, in canonical form. */
export interface Reading {
  readonly resource: Resource;
  /** The group that the resource itself is, if it is one. */
  readonly own?: Group;
  readonly parts: readonly Part[];
  readonly exclusive?: { readonly group: Group; readonly because: Because };
  readonly ofEc2: readonly Part[];
  readonly onDelete: readonly Part[];
}

/** Reads a resource. Undefined if its type has no outbound rules, or if the program only looks it up. */
export function readingOf(resource: Resource, groups: Groups, reasons: Reasons): Reading | undefined {
  const reader = READERS.get(resource.type);
  if (reader === undefined || resource.external) return undefined;
  const { rules, exclusive, ofEc2 = [], onDelete = [] } = reader.read(resource);
  const partsOf = (said: readonly SaidRule[]) => parts(said, resource, groups, reasons);
  return {
    resource,
    ...(reader.isGroup && { own: groups.find(resource, OWN_GROUP) }),
    parts: partsOf(rules),
    ofEc2: partsOf(ofEc2),
    onDelete: partsOf(onDelete),
    ...(exclusive !== undefined && {
      exclusive: { group: groups.find(resource, exclusive), because: reasons(resource, undefined) },
    }),
  };
}

function parts(said: readonly SaidRule[], resource: Resource, groups: Groups, reasons: Reasons): Part[] {
  const found = new Map<Group, { rules: DeclaredRule[]; unknown: UnknownRule[] }>();
  for (const rule of said) {
    const group = groups.find(resource, rule.group);
    const part = found.get(group) ?? { rules: [], unknown: [] };
    found.set(group, part);
    const because = reasons(resource, rule.description);
    const read = canonical(rule, resource, groups);
    if (group.unknown !== undefined) part.unknown.push({ because, what: group.unknown });
    else if ("what" in read) part.unknown.push({ because, what: read.what });
    else part.rules.push({ traffic: read.traffic, because });
  }
  return [...found].map(([group, part]) => ({ group, ...part }));
}
