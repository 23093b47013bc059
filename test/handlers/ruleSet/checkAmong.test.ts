import { endpoint } from "../../world";
import { place, refusals } from "./checking";
import { many, set, setsAt, to } from "./sets";

describe("among the other resources of a run", () => {
  const program = (urn: string) => ({ __program: { urn, silence: [] } });

  test("one rule above the quota is refused; a duplicate counts once", async () => {
    const full = set(place, [...many(60), ...many(60)], program("urn:one"));
    expect(await refusals(full)).toEqual([]);
    const said = await refusals(set(place, [to(1, "0.0.0.0/0")], program("urn:two")));
    expect(said).toEqual([expect.stringContaining("declares 61 for IPv4 (a prefix list counts")]);
  });

  test("the configuration sets the quota", async () => {
    const raised = setsAt(endpoint, { "aws-egress:rulesPerGroup": "61" });
    expect(await refusals(set(place, many(61), program("urn:one")), raised)).toEqual([]);
  });

  test("the error for the same rule in two sets names both", async () => {
    expect(await refusals(set(place, many(2), program("urn:one")))).toEqual([]);
    const said = await refusals(set(place, [to(443, "10.0.1.9/24")], program("urn:two")));
    expect(said).toEqual([
      expect.stringContaining("urn:two is a duplicate of urn:one, tcp 443 to 10.0.1.0/24"),
    ]);
  });

  test("a group has at most one exclusive set, and then nothing else, whichever comes first", async () => {
    const one = set(place, many(1), { exclusive: true, ...program("urn:one") });
    const two = set(place, [to(22, "10.0.0.0/8")], program("urn:two"));
    const text = `urn:one has ${place.group} to itself (exclusive or strangers), but urn:two declares rules on it`;
    expect(await refusals(one)).toEqual([]);
    expect(await refusals(two)).toEqual([expect.stringContaining(text)]);
    expect(await refusals(set(place, [], { exclusive: true, ...program("urn:three") }))).toEqual([
      expect.stringContaining("to itself"),
    ]);
    const later = setsAt(endpoint);
    expect(await refusals(two, later)).toEqual([]);
    expect(await refusals(one, later)).toEqual([expect.stringContaining(text)]);
  });
});
