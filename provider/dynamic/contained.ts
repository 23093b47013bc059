import { listed } from "../rule/listed";
import { contains } from "../rule/reach";
import type { Warning } from "../rule/warnings";
import type { Declaration, GroupMember } from "./declaredRules";

const MOST_NAMED = 3;

/** The warning for a rule that another rule of its group covers, or that covers others. */
export function containedWarnings({ group, member }: Declaration): Warning[] {
  const { reach } = member;
  if (reach === undefined || member.rule.silence.has("contained")) return [];
  const others = [...group.members.values()].filter(
    (other) => other !== member && !other.rule.silence.has("contained"),
  );
  const outer = others.find((other) => other.reach && contains(other.reach, reach));
  if (outer !== undefined) return [containedWarning([member], outer)];
  const inner = others.filter((other) => other.reach && contains(reach, other.reach));
  return inner.length === 0 ? [] : [containedWarning(inner, member)];
}

function containedWarning(inner: readonly GroupMember[], outer: GroupMember): Warning {
  const isOneResource = inner.every(({ resource }) => resource === outer.resource);
  const nameOf = ({ text, resource }: GroupMember) => (isOneResource ? text : `${text} (${resource.label})`);
  const named = listed(inner.map(nameOf), MOST_NAMED);
  const are = inner.length === 1 ? "is" : "are";
  return { kind: "contained", text: `${named} ${are} redundant: already covered by ${nameOf(outer)}` };
}
