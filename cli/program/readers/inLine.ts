import { isGiven, type UnknownRecord } from "../../../provider/rule/record";
import { UNKNOWN } from "../../../provider/rule/unknown";
import { members, recordOf } from "../lists";
import { type Given, OWN_GROUP, type SaidRule } from "../reader";

/**
 * Reads the inline rules of a group.
 *
 * @param read reads the rules of one member of the list
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
