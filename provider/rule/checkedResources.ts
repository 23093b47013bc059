import { sameRuleText, sharedGroupText } from "./conflicts";
import type { Beside } from "./fromProgram";
import { identity, identityOf } from "./identity";
import { type Family, familiesOf, overQuotaText } from "./quota";
import { type RuleInputs, ruleOf, ruleText, ruleTextOnGroup } from "./rule";
import { isUnknown } from "./unknown";

/** A resource as its check saw it. */
export interface CheckedResource {
  readonly urn: string;
  readonly rules: readonly CheckedRule[];
  /** The group that it has exclusively, if any; while unknown, by the program's name for it. */
  readonly exclusiveGroup?: string | undefined;
  /** The failure if one of its groups exceeds the quota, in the words of the program, which sums up all rules. */
  readonly overQuota?: string | undefined;
}

export interface CheckedRule {
  readonly inputs: RuleInputs;
  /** The same, with the program's names for unknown values. */
  readonly named?: RuleInputs;
  /** The weight of its prefix list, which only EC2 knows. */
  readonly weight: number;
}

interface KnownResource {
  readonly rules: readonly KnownRule[];
  readonly exclusiveGroup: string | undefined;
}

interface KnownRule {
  readonly urn: string;
  readonly identity: string;
  readonly group: string;
  readonly families: readonly Family[];
  readonly weight: number;
  readonly text: string;
}

/** What check has seen of one group. */
interface Group {
  readonly rules: Set<KnownRule>;
  /** The URNs of the exclusive resources. */
  readonly exclusive: Set<string>;
  readonly weights: Map<Family, number>;
}

/** The resources that check has seen in an engine run, by group and by the identity of their rules. */
export class CheckedResources {
  private readonly resources = new Map<string, KnownResource>();
  private readonly groups = new Map<string, Group>();
  private readonly byIdentity = new Map<string, Set<KnownRule>>();
  /** The URNs of the resources that are still to be checked, by the identity of their rules. */
  private readonly foretold = new Map<string, Set<string>>();

  /**
   * Notes a resource, and returns how its rules conflict with those of other resources, if they do.
   *
   * The program cannot tell: transforms and `ignoreChanges` apply after it, and Outputs resolve later.
   */
  note({ urn, rules, exclusiveGroup, overQuota }: CheckedResource, quota: number): string | undefined {
    // The engine checks a resource again when it replaces it.
    this.forget(urn);
    const resource = {
      rules: rules.flatMap((rule) => knownRule(urn, rule)),
      exclusiveGroup: isUnknown(exclusiveGroup) ? undefined : exclusiveGroup,
    };
    this.resources.set(urn, resource);
    for (const rule of resource.rules) this.add(rule);
    if (resource.exclusiveGroup !== undefined) this.group(resource.exclusiveGroup).exclusive.add(urn);
    const groups = [
      ...new Set([...resource.rules.map(({ group }) => group), resource.exclusiveGroup ?? []].flat()),
    ];
    return (
      firstText(groups, (id) => this.sharedText(urn, id)) ??
      firstText(resource.rules, (rule) => this.sameText(rule)) ??
      firstText(groups, (id) => {
        const text = overQuotaText(groupText(id), this.group(id).weights, quota);
        return text && (overQuota ?? text);
      })
    );
  }

  /**
   * Notes the rules of other resources that a program has passed to a check. It forgets them at those resources' own
   * check, because a transform may have changed them.
   */
  foretell(groupId: string, beside: Beside): void {
    for (const [urn, identities] of Object.entries(beside)) {
      for (const one of identities) {
        const key = `${groupId} ${one}`;
        this.foretold.set(key, (this.foretold.get(key) ?? new Set()).add(urn));
      }
    }
  }

  /** Whether a resource declares this rule. */
  declares(rule: RuleInputs): boolean {
    const known = identityOf({ inputs: rule });
    const isForetold = [...(this.foretold.get(known) ?? [])].some((urn) => !this.resources.has(urn));
    return isForetold || (this.byIdentity.get(known)?.size ?? 0) > 0;
  }

  /** The URN of a checked resource that declares this rule. */
  declaredBy(rule: RuleInputs): string | undefined {
    return first(this.byIdentity.get(identityOf({ inputs: rule })) ?? [])?.urn;
  }

  /** Whether a resource declares rules on this group, or has it exclusively. */
  uses(groupId: string): boolean {
    const { rules, exclusive } = this.group(groupId);
    return rules.size > 0 || exclusive.size > 0;
  }

  private sharedText(urn: string, groupId: string): string | undefined {
    const { rules, exclusive } = this.group(groupId);
    const owner = exclusive.has(urn) ? urn : first(exclusive);
    if (owner === undefined) return undefined;
    const others = owner === urn ? [...exclusive, ...[...rules].map((rule) => rule.urn)] : [urn];
    const other = others.find((one) => one !== owner);
    return other === undefined ? undefined : sharedGroupText(owner, other, groupText(groupId));
  }

  private sameText({ urn, identity, text }: KnownRule): string | undefined {
    for (const other of this.byIdentity.get(identity) ?? []) {
      if (other.urn === urn) continue;
      return sameRuleText(other.urn, urn, text);
    }
    return undefined;
  }

  private add(rule: KnownRule): void {
    const { rules, weights } = this.group(rule.group);
    rules.add(rule);
    for (const family of rule.families) weights.set(family, (weights.get(family) ?? 0) + rule.weight);
    this.byIdentity.set(rule.identity, (this.byIdentity.get(rule.identity) ?? new Set()).add(rule));
  }

  private forget(urn: string): void {
    const { rules = [], exclusiveGroup } = this.resources.get(urn) ?? {};
    for (const rule of rules) {
      const group = this.group(rule.group);
      group.rules.delete(rule);
      for (const family of rule.families) {
        group.weights.set(family, (group.weights.get(family) ?? 0) - rule.weight);
      }
      this.byIdentity.get(rule.identity)?.delete(rule);
    }
    if (exclusiveGroup !== undefined) this.group(exclusiveGroup).exclusive.delete(urn);
  }

  private group(id: string): Group {
    const found = this.groups.get(id) ?? { rules: new Set(), exclusive: new Set(), weights: new Map() };
    this.groups.set(id, found);
    return found;
  }
}

function knownRule(urn: string, { inputs, named = inputs, weight }: CheckedRule): KnownRule[] {
  const rule = ruleOf(named);
  const { securityGroupId: group, protocol, ports, destination } = rule;
  const parts = [group, protocol, ports?.from, ports?.to, destination?.value];
  if (destination === undefined || parts.some(isUnknown)) return [];
  const families = familiesOf(destination.kind);
  const text = isUnknown(inputs.securityGroupId) ? ruleText(ruleOf(inputs)) : ruleTextOnGroup(inputs);
  return [{ urn, identity: identity(rule), group, families, weight, text }];
}

/** An unknown group's internal name means nothing to a person. */
function groupText(group: string): string {
  return group.startsWith("sg-") ? group : "its security group";
}

function firstText<Item>(
  items: readonly Item[],
  textOf: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const text = textOf(item);
    if (text !== undefined) return text;
  }
  return undefined;
}

function first<Item>([item]: Iterable<Item>): Item | undefined {
  return item;
}
