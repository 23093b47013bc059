import { claimOf, newRunName, stackOf } from "./ec2/claim";
import { CheckedResources } from "./rule/checkedResources";
import type { PresentRule } from "./rule/plan/planStep";
import { type RuleInputs, ruleOf } from "./rule/rule";

/** A rule whose resource is being replaced, as state knows it. */
export interface OutgoingRule extends PresentRule {
  readonly arn: string;
}

/** A set as check saw it, for the verbs that receive the inputs that check returned. */
export interface CheckedSet {
  /** The name of the resource, if a program has given it. */
  readonly name?: string;
  /** Whether this run is a preview. */
  readonly preview?: boolean;
  /** Which rules may appear at the terminal: none if one is secret, or if all are still unknown. */
  readonly rules: "known" | "secret" | "unknown";
}

/** What the resources of one engine run know about each other. No resource waits for another. */
export class Run {
  /** The resources as check saw them: the rules that they declare. */
  readonly checked = new CheckedResources();
  /** The ids of the rules that resources took over in this run: EC2's reads may lag behind. */
  readonly claimed = new Set<string>();
  private readonly name = newRunName();
  private readonly outgoing = new Map<string, Map<string, OutgoingRule>>();
  private readonly checkedSets = new Map<string, CheckedSet>();

  /**
   * The claim for a rule of a stack: its existing claim if that is the stack's, else this run's.
   *
   * @param stack undefined if it claims nothing: then an existing claim stays
   */
  claim(stack: string | undefined, known?: string): string | undefined {
    if (stack === undefined) return known;
    return known !== undefined && stackOf(known) === stack ? known : claimOf(stack, this.name);
  }

  /** Notes a rule whose diff replaces its resource. */
  noteOutgoing(rule: OutgoingRule): void {
    const { securityGroupId } = rule.inputs;
    const ofGroup = this.outgoing.get(securityGroupId) ?? new Map<string, OutgoingRule>();
    this.outgoing.set(securityGroupId, ofGroup.set(rule.id, rule));
  }

  /** Whether this run replaces this rule of a group, or any rule of it. */
  replacesIn(groupId: string, id?: string): boolean {
    const rules = this.outgoing.get(groupId);
    return id === undefined ? (rules?.size ?? 0) > 0 : rules?.has(id) === true;
  }

  /** Reserves a replaced rule that no resource declares any more and that can become the wanted one. */
  claimOutgoing(wanted: RuleInputs): OutgoingRule | undefined {
    const kind = ruleOf(wanted).destination?.kind;
    const found = [...(this.outgoing.get(wanted.securityGroupId)?.values() ?? [])].find(
      ({ id, inputs }) =>
        ruleOf(inputs).destination?.kind === kind && !this.claimed.has(id) && !this.checked.declares(inputs),
    );
    if (found !== undefined) this.claimed.add(found.id);
    return found;
  }

  /** Notes that a rule is revoked and can no longer become another. */
  noteRevoked(groupId: string, id: string): void {
    this.outgoing.get(groupId)?.delete(id);
  }

  /** Notes a set that check has seen, by its inputs as text. */
  noteSet(inputs: string, set: CheckedSet): void {
    this.checkedSets.set(inputs, set);
  }

  /**
   * The set that check returned these inputs for, if any.
   *
   * The engine also invents inputs: at a refresh, and with unknown parts when it asks whether to delete a resource
   * before one that it depends on.
   */
  checkedSet(inputs: string): CheckedSet | undefined {
    return this.checkedSets.get(inputs);
  }
}
