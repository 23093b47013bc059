import { reasonsOf } from "./because";
import type { Change } from "./change";
import { type Group, type Groups, groupsOf } from "./groups";
import type { Because, DeclaredRule, GroupChange, GroupRules, UnknownRule } from "./model";
import { nativeEgress } from "./readers/nativeEgress";
import { type Part, type Reading, readingOf } from "./reading";
import type { Resource } from "./resource";

/** The outbound rules of every group in a program, before and after a change. */
export function groupChanges(change: Change): GroupChange[] {
  const groups = groupsOf(change);
  const read = reading(change, groups);
  const [before, after, deleted] = [change.before, change.after, change.deleted].map((resources) =>
    resources.flatMap((resource) => read(resource) ?? []),
  );
  const was = standing(before ?? []);
  const is = standing(after ?? []);
  for (const { onDelete } of deleted ?? [])
    addAll(
      is,
      onDelete.filter(({ group }) => !isExclusive(is, group)),
    );
  addDefaults(was, is);

  const times = { before: new Set(change.before), after: new Set(change.after) };
  const all = new Set([...allGroups(read, change), ...was.keys(), ...is.keys()]);
  return [...all].flatMap((group) => {
    const [wasThere, isThere] = [isIn(group, times.before), isIn(group, times.after)];
    const rules = rulesOf(wasThere ? (was.get(group) ?? EMPTY) : undefined);
    const isSame = wasThere && isThere && areSame(was.get(group) ?? EMPTY, is.get(group) ?? EMPTY);
    const now = isSame ? rules : rulesOf(isThere ? (is.get(group) ?? EMPTY) : undefined);
    const maker = makerOf(group, times.after) ?? makerOf(group, times.before);
    return [{ group: group.label, ...(maker && { urn: maker.urn }), before: rules, after: now }];
  });
}

/** The rules of a group at one point in time. */
interface Standing {
  /** The same objects in the same order mean that nothing changed. */
  readonly parts: Part[];
  readonly exclusive: Because[];
  /** The rules that EC2 gives a new group, if the group's resource specifies none, with that resource. */
  readonly ofEc2: { readonly resource: Resource; readonly part: Part }[];
}

const EMPTY: Standing = { parts: [], exclusive: [], ofEc2: [] };

type Standings = Map<Group, Standing>;

/** Reads each resource only once, so that an unchanged resource yields the same object before and after. */
function reading({ before, after }: Change, groups: Groups): (resource: Resource) => Reading | undefined {
  const reasons = reasonsOf(new Map([...before, ...after].map((resource) => [resource.urn, resource])));
  const readings = new Map<Resource, Reading | undefined>();
  return (resource) => {
    if (!readings.has(resource)) readings.set(resource, readingOf(resource, groups, reasons));
    return readings.get(resource);
  };
}

function standing(readings: readonly Reading[]): Standings {
  const found: Standings = new Map();
  for (const { resource, parts, exclusive, ofEc2 } of readings) {
    addAll(found, parts);
    for (const part of ofEc2) of(found, part.group).ofEc2.push({ resource, part });
    if (exclusive !== undefined) of(found, exclusive.group).exclusive.push(exclusive.because);
  }
  return found;
}

/** Whether an exclusive set manages the group. It revokes the rules that another resource leaves behind. */
function isExclusive(standings: Standings, group: Group): boolean {
  return (standings.get(group)?.exclusive.length ?? 0) > 0;
}

function addAll(standings: Standings, parts: readonly Part[]): void {
  for (const part of parts) of(standings, part.group).parts.push(part);
}

function of(standings: Standings, group: Group): Standing {
  const there = standings.get(group) ?? { parts: [], exclusive: [], ofEc2: [] };
  standings.set(group, there);
  return there;
}

/** Adds the rules that EC2 gave each new group, if the group still has them. */
function addDefaults(was: Standings, is: Standings): void {
  for (const group of new Set([...was.keys(), ...is.keys()])) {
    const [before, after] = [was.get(group), is.get(group)];
    const doubtful = new Map<Part, Part>();
    for (const [time, past] of [
      [before, undefined],
      [after, before],
    ] as const) {
      for (const { resource, part } of time?.ofEc2 ?? []) {
        if (time === undefined || time.exclusive.length > 0 || isTakenAway(resource, past)) continue;
        time.parts.push(mayBeTaken(time) ? doubt(part, doubtful) : part);
      }
    }
  }
}

/** Whether the default rules are gone: an exclusive set revoked them, or the resource used to specify its own rules. */
function isTakenAway(resource: Resource, past: Standing | undefined): boolean {
  if (past === undefined) return false;
  const isNew = resource.id === undefined;
  return !isNew && (past.exclusive.length > 0 || past.ofEc2.length === 0);
}

/** Whether the default rules are uncertain: sources disagree on whether CloudFormation's first rule removes them. */
function mayBeTaken({ parts }: Standing): boolean {
  return parts.some(({ rules, unknown }) =>
    [...rules, ...unknown].some(({ because }) => because.type === nativeEgress.type),
  );
}

const DOUBT =
  "EC2's default rule for all traffic may still exist: CloudFormation may remove it with the first SecurityGroupEgress";

function doubt(part: Part, doubtful: Map<Part, Part>): Part {
  const unknown = part.rules.slice(0, 1).map(({ because }) => ({ because, what: DOUBT }));
  const doubted = doubtful.get(part) ?? { group: part.group, rules: [], unknown };
  doubtful.set(part, doubted);
  return doubted;
}

function allGroups(read: (resource: Resource) => Reading | undefined, { before, after }: Change): Group[] {
  return [...before, ...after].flatMap((resource) => {
    const found = read(resource);
    if (found === undefined) return [];
    return [...(found.own === undefined ? [] : [found.own]), ...found.parts.map(({ group }) => group)];
  });
}

/** Whether the group exists at that time. A group that no resource of the program creates always exists. */
function isIn(group: Group, time: ReadonlySet<Resource>): boolean {
  const makers = [...group.resources].filter(({ external }) => !external);
  return makers.length === 0 || makers.some((resource) => time.has(resource));
}

function makerOf({ resources }: Group, time: ReadonlySet<Resource>): Resource | undefined {
  return [...resources].find((resource) => !resource.external && time.has(resource));
}

function areSame(one: Standing, other: Standing): boolean {
  return (
    one.parts.length === other.parts.length &&
    one.parts.every((part, place) => part === other.parts[place]) &&
    one.exclusive.length === other.exclusive.length &&
    one.exclusive.every((because, place) => because === other.exclusive[place])
  );
}

function rulesOf(standing: Standing | undefined): GroupRules | undefined {
  if (standing === undefined) return undefined;
  const rules: DeclaredRule[] = [];
  const unknown: UnknownRule[] = [];
  for (const part of standing.parts) {
    rules.push(...part.rules);
    unknown.push(...part.unknown);
  }
  return { rules, unknown, exclusive: standing.exclusive };
}
