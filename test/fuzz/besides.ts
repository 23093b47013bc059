import { isGiven, isRecord, type UnknownRecord } from "../../provider/rule/record";

/** Whether two rules differ in description or tags; an empty description counts as none, and tags have no order. */
export function besidesDiffer(one: UnknownRecord, other: UnknownRecord): boolean {
  return besides(one) !== besides(other);
}

function besides({ description, tags }: UnknownRecord): string {
  const given = isRecord(tags) ? Object.entries(tags).filter(([, value]) => isGiven(value)) : [];
  // A description of spaces counts as none.
  const text = typeof description === "string" && description.trim() === "" ? "" : description || "";
  return JSON.stringify([text, given.sort(([one], [other]) => (one < other ? -1 : 1))]);
}
