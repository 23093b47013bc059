import { isGiven, type UnknownRecord } from "../../../provider/rule/record";
import { UNKNOWN } from "../../../provider/rule/unknown";
import { members, recordOf } from "../lists";
import { type Given, OWN_GROUP, type SaidRule } from "../reader";

/**
 * The rules that a group says itself, in a list.
 *
 * @param read the rules that one member of the list stands for
 */
export function inLine(
  name: string,
  list: unknown,
  read: (member: UnknownRecord, at: string) => SaidRule[],
): SaidRule[] {
  return members(name, list).flatMap((member) => {
    const record = recordOf(member);
    return record === undefined ? notKnown(member) : read(record, `${member.name}.`);
  });
}

function notKnown({ name, value }: Given): SaidRule[] {
  return [
    { group: OWN_GROUP, protocol: { name, value: isGiven(value) ? value : UNKNOWN }, destinations: [] },
  ];
}
