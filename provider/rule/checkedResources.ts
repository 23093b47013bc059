import { identity, identityOf } from "./identity";
import { type RuleInputs, ruleOf, ruleText } from "./rule";
import { sameRuleText } from "./sameRule";
import { sharedGroupText } from "./sharedGroup";
import { isUnknown } from "./unknown";
import { type Family, familiesOf, overQuotaText } from "./weight";

/** A resource as its check has found it. */
export interface CheckedResource {
  readonly urn: string;
  /** Its rules, each with what only EC2 could tell: the weight of its prefix list. */
  readonly rules: readonly { readonly inputs: RuleInputs; readonly weight: number }[];
  /** The group that it wants to itself, if any. */
  readonly exclusiveGroup?: string | undefined;
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

/** What has been seen of one group. */
interface Group {
  readonly rules: Set<KnownRule>;
  /** The URNs of the resources that want it to themselves. */
  readonly exclusive: Set<string>;
  readonly weights: Map<Family, number>;
}

/** The resources that check has seen in a run of the engine, by group and by the identity of their rules. */
export class CheckedResources {
  private readonly resources = new Map<string, KnownResource>();
  private readonly groups = new Map<string, Group>();
  private readonly byIdentity = new Map<string, Set<KnownRule>>();
  private readonly foretold = new Set<string>();

  /**
   * Notes a resource, and says what is wrong with its rules beside those of the others, if anything.
   *
   * The program has looked at what it says outright. This is for what only an Output tells: two Outputs that come to
   * one group, or a prefix list that counts as more than one rule.
   */
  note({ urn, rules, exclusiveGroup }: CheckedResource, quota: number): string | undefined {
    // A resource is checked again when it is replaced.
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
      firstText(groups, (id) => overQuotaText(id, this.group(id).weights, quota))
    );
  }

  /**
   * Notes rules of which a program has told the check of another resource, before their own comes.
   *
   * @param identities in the group
   */
  foretell(groupId: string, identities: readonly string[]): void {
    for (const one of identities) this.foretold.add(`${groupId} ${one}`);
  }

  /** Whether a resource declares this rule. */
  declares(rule: RuleInputs): boolean {
    const known = identityOf({ inputs: rule });
    return this.foretold.has(known) || (this.byIdentity.get(known)?.size ?? 0) > 0;
  }

  /** Whether a resource has rules of this group, or has it to itself. */
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
    return other === undefined ? undefined : sharedGroupText(owner, other, groupId);
  }

  private sameText({ urn, identity, text, group }: KnownRule): string | undefined {
    for (const other of this.byIdentity.get(identity) ?? []) {
      if (other.urn === urn) continue;
      return sameRuleText(other.urn, urn, `${text} on ${group}`);
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

function knownRule(urn: string, { inputs, weight }: CheckedResource["rules"][number]): KnownRule[] {
  const rule = ruleOf(inputs);
  const { securityGroupId: group, protocol, ports, destination } = rule;
  const parts = [group, protocol, ports?.from, ports?.to, destination?.value];
  if (destination === undefined || parts.some(isUnknown)) return [];
  const families = familiesOf(destination.kind);
  return [{ urn, identity: identity(rule), group, families, weight, text: ruleText(rule) }];
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
