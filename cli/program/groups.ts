import { quoteName } from "../../provider/rule/failure";
import { parseGroupId } from "../../provider/rule/ids";
import { isUnknown } from "../../provider/rule/unknown";
import type { Change } from "./change";
import { type Given, inputOf, OWN_GROUP, type OwnGroup } from "./reader";
import { READERS } from "./readers";
import { dependenciesOf, type Resource } from "./resource";
import { isSecret, known } from "./secret";
import { nameOf, typeOf } from "./urn";

/** A security group, with every id and every resource that refers to it. */
export interface Group {
  /** The group's id if the change keeps it; otherwise the name of the resource that creates the group. */
  readonly label: string;
  readonly resources: ReadonlySet<Resource>;
  /** Why it is unknown which group this is. */
  readonly unknown?: string;
}

export interface Groups {
  /** Finds the group that a resource refers to, or that the resource is. */
  readonly find: (resource: Resource, named: Given | OwnGroup) => Group;
  readonly withId: (id: string) => Group;
}

/** Finds the groups of a program. An id and a resource that refer to the same group yield one group. */
export function groupsOf({ before, after }: Change): Groups {
  const nodes = new Map<string, Node>();
  for (const resource of [...before, ...after]) {
    if (READERS.get(resource.type)?.isGroup !== true) continue;
    const node = join(nodes, [resource.urn, ...(resource.id === undefined ? [] : [resource.id])]);
    node.resources.add(resource);
  }
  nameAll(new Set(nodes.values()), new Set(after));

  const withId = (id: string) => nodes.get(id) ?? outside(nodes, id, { label: id });
  const find = (resource: Resource, named: Given | OwnGroup): Group => {
    if (named === OWN_GROUP) return nodes.get(resource.urn) ?? withId(resource.id ?? resource.urn);
    const value = known(named.value);
    if (typeof value === "string" && !isUnknown(value)) {
      const id = value.replace(/^\d{12}\//, "");
      let reason: string | undefined;
      parseGroupId(id, (said) => {
        reason = said;
      });
      return reason === undefined ? withId(id) : notKnown(`${named.name} ${reason}`, [resource.urn]);
    }
    const sources = dependenciesOf(resource, inputOf(named.name)) ?? [];
    const [source, ...others] = isSecret(named.value) ? [] : sources;
    const node = source === undefined || others.length > 0 ? undefined : nodes.get(source);
    return node ?? notKnown(whatText(resource, named), sources.length > 0 ? sources : [resource.urn]);
  };
  const notKnown = (unknown: string, sources: readonly string[]) => {
    const label = `an unknown group, from ${namesOf(sources)}`;
    return nodes.get(label) ?? outside(nodes, label, { label, unknown });
  };
  return { find, withId };
}

/** Says what is unknown and which resources it comes from. */
export function whatText(resource: Resource, { name, value }: Given): string {
  if (isSecret(value)) return `${name} is secret`;
  if (value === undefined || value === null) return `${name} is missing`;
  const sources = dependenciesOf(resource, inputOf(name)) ?? [];
  return `${name} is unknown${sources.length === 0 ? "" : `: it comes from ${namesOf(sources)}`}`;
}

/** The names of the resources that a value comes from. */
export function namesOf(urns: readonly string[]): string {
  return urns.map((urn) => quoteName(nameOf(urn))).join(" and ");
}

interface Node extends Group {
  label: string;
  readonly resources: Set<Resource>;
  readonly keys: Set<string>;
}

/** Joins keys, ids and URNs of the same group into one node. */
function join(nodes: Map<string, Node>, keys: readonly string[]): Node {
  const found = [...new Set(keys.flatMap((key) => nodes.get(key) ?? []))];
  const [node = { label: "", resources: new Set(), keys: new Set() }, ...others] = found;
  for (const other of others) {
    for (const resource of other.resources) node.resources.add(resource);
    for (const key of other.keys) node.keys.add(key);
  }
  for (const key of keys) node.keys.add(key);
  for (const key of node.keys) nodes.set(key, node);
  return node;
}

function outside(nodes: Map<string, Node>, key: string, group: Pick<Group, "label" | "unknown">): Node {
  const node = { ...group, resources: new Set<Resource>(), keys: new Set([key]) };
  nodes.set(key, node);
  return node;
}

function nameAll(nodes: ReadonlySet<Node>, after: ReadonlySet<Resource>): void {
  const taken = new Map<string, number>();
  for (const node of nodes) {
    node.label = idOf(node, after) ?? nameOf(urnOf(node));
    taken.set(node.label, (taken.get(node.label) ?? 0) + 1);
  }
  for (const node of nodes) {
    const isShared = (taken.get(node.label) ?? 0) > 1;
    if (isShared) node.label = `${node.label} (${typeOf(urnOf(node))})`;
  }
  const labels = new Set<string>();
  for (const node of nodes) {
    // Two components can contain resources with the same name and type.
    if (labels.has(node.label)) node.label = urnOf(node);
    labels.add(node.label);
  }
}

/** The id that the group keeps; undefined if the change creates or replaces the group. */
function idOf({ resources }: Node, after: ReadonlySet<Resource>): string | undefined {
  const all = [...resources];
  const live = all.filter((resource) => after.has(resource));
  return (live.length > 0 ? live : all).find(({ id }) => id !== undefined)?.id;
}

function urnOf({ resources }: Node): string {
  const [first] = resources;
  return first?.urn ?? "";
}
