import type { Draft } from "./draft";
import { exclusiveOn, type RuleSet, type Stranger, type World } from "./world";

/** The world after a step: each exclusive set now has its group to itself. */
export function settled(draft: Draft): World {
  const { groups, resources } = draft;
  const strangers = groups.flatMap((group) => strangersAfter(draft, group));
  return { resources: new Map(resources), strangers };
}

/** A deleted set revokes only its own rules, and opens a group only if none is left. */
function strangersAfter(draft: Draft, group: string): Stranger[] {
  const now = draft.strangers.filter(({ rule }) => rule.model.group === group);
  if (exclusiveOn(draft.resources, group) !== undefined)
    return now.filter(({ claim }) => claim !== undefined);
  const isOpened = setThatLeaves(draft, group)?.restoreDefault === true;
  return isOpened && now.length === 0 && rulesOn(draft, group) === 0 ? [defaultRule(group)] : now;
}

/** The exclusive set that leaves a group: it is deleted or now on another group. */
function setThatLeaves({ before, resources, declared }: Draft, group: string): RuleSet | undefined {
  const [old] = [...before.resources].filter(
    ([, resource]) => resource.kind === "set" && resource.exclusive && resource.group === group,
  );
  if (old === undefined) return undefined;
  const [name, resource] = old;
  const stays = [...resources].some(
    ([next, one]) => one.group === group && (next === name || declared.get(next)?.alias === name),
  );
  return stays || resource.kind !== "set" ? undefined : resource;
}

function rulesOn({ resources }: Draft, group: string): number {
  return [...resources.values()]
    .filter((resource) => resource.group === group)
    .reduce((sum, { rules }) => sum + rules.length, 0);
}

/** A new group's initial rule for IPv4. */
export function defaultRule(group: string): Stranger {
  const destination = { kind: "cidrIpv4", network: 0n, length: 0 } as const;
  const model = { group, protocol: -1, ports: undefined, destination };
  return { rule: { model, description: undefined, tags: {} }, claim: undefined, id: undefined };
}
