import { contains } from "../rule/reach";
import type { Warning } from "../rule/warnings";
import type { Declaration, GroupMember } from "./declaredRules";

const MOST_NAMED = 3;

/** What to warn of where a rule lets out nothing that another of its group does not, or makes others so. */
export function containedWarnings({ group, member }: Declaration): Warning[] {
  const { reach } = member;
  if (reach === undefined || member.rule.silence.has("contained")) return [];
  const others = [...group.members.values()].filter(
    (other) => other !== member && !other.rule.silence.has("contained"),
  );
  const outer = others.find((other) => other.reach && contains(other.reach, reach));
  if (outer !== undefined) {
    return [
      {
        kind: "contained",
        text: `${member.text} lets out nothing that ${namesOf([outer])} (${outer.text}) does not`,
      },
    ];
  }
  const inner = others.filter((other) => other.reach && contains(reach, other.reach));
  if (inner.length === 0) return [];
  return [{ kind: "contained", text: `${member.text} leaves nothing to add to ${namesOf(inner)}` }];
}

function namesOf(members: readonly GroupMember[]): string {
  const labels = [...new Set(members.map(({ resource }) => resource.label))];
  const named = labels.slice(0, MOST_NAMED);
  const others = labels.length - named.length;
  return others === 0 ? named.join(", ") : `${named.join(", ")} and ${others} more`;
}
