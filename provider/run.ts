import { claimOf, newRunName, stackOf } from "./ec2/claim";
import { CheckedResources } from "./rule/checkedResources";
import type { PresentRule } from "./rule/plan/planStep";
import { type RuleInputs, ruleOf } from "./rule/rule";

/** A rule whose resource is replaced, as state knows it. */
export interface OutgoingRule extends PresentRule {
  readonly arn: string;
}

/** A set as a check has seen it, for the verbs that come with the inputs that it returned. */
export interface CheckedSet {
  /** The name of the resource, where a program has told it. */
  readonly name?: string;
  /** Whether nothing is made in this run. */
  readonly preview?: boolean;
  /** Which of its rules may be told at the terminal: none where one is secret, or all are still unknown. */
  readonly rules: "known" | "secret" | "unknown";
}

/** What the resources of one run of the engine know of one another. Nobody waits here for anybody. */
export class Run {
  /** The resources as check saw them: what they declare they have, or will get. */
  readonly checked = new CheckedResources();
  /** The ids of the rules that resources have taken over in this run: what EC2 shows may be behind. */
  readonly claimed = new Set<string>();
  private readonly name = newRunName();
  private readonly outgoing = new Map<string, Map<string, OutgoingRule>>();
  private readonly checkedSets = new Map<string, CheckedSet>();

  /**
   * What a rule of a stack is to carry: the claim that it has, as long as that is the stack's, else this run's.
   *
   * @param stack none where it claims nothing: then a claim that is there stays
   */
  claim(stack: string | undefined, known?: string): string | undefined {
    if (stack === undefined) return known;
    return known !== undefined && stackOf(known) === stack ? known : claimOf(stack, this.name);
  }

  /** Notes a rule whose diff says that its resource is replaced. */
  noteOutgoing(rule: OutgoingRule): void {
    const { securityGroupId } = rule.inputs;
    const ofGroup = this.outgoing.get(securityGroupId) ?? new Map<string, OutgoingRule>();
    this.outgoing.set(securityGroupId, ofGroup.set(rule.id, rule));
  }

  /** Whether a rule of a group is replaced: this one, or any. */
  replacesIn(groupId: string, id?: string): boolean {
    const rules = this.outgoing.get(groupId);
    return id === undefined ? (rules?.size ?? 0) > 0 : rules?.has(id) === true;
  }

  /** Claims a rule that is replaced, that no resource declares any more, and that can become the wanted one. */
  claimOutgoing(wanted: RuleInputs): OutgoingRule | undefined {
    const kind = ruleOf(wanted).destination?.kind;
    const found = [...(this.outgoing.get(wanted.securityGroupId)?.values() ?? [])].find(
      ({ id, inputs }) =>
        ruleOf(inputs).destination?.kind === kind && !this.claimed.has(id) && !this.checked.declares(inputs),
    );
    if (found !== undefined) this.claimed.add(found.id);
    return found;
  }

  /** Notes that a rule is revoked, and can become no other any more. */
  noteRevoked(groupId: string, id: string): void {
    this.outgoing.get(groupId)?.delete(id);
  }

  /** Notes a set that check has seen, by its inputs as text. */
  noteSet(inputs: string, set: CheckedSet): void {
    this.checkedSets.set(inputs, set);
  }

  /**
   * The set that check has returned these inputs for, if any.
   *
   * The engine makes up inputs itself: at a refresh, and with unknown parts to ask whether a resource must go before
   * another one that it depends on.
   */
  checkedSet(inputs: string): CheckedSet | undefined {
    return this.checkedSets.get(inputs);
  }
}
