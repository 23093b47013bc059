import { known } from "../../known";
import { endpoint } from "../../world";
import { checked } from "../handler";
import { handler, place, refusals } from "./checking";
import { many, set, setsAt, to } from "./sets";

describe("prefix lists by name", () => {
  const named = (prefixListName: string) => ({
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    prefixListName,
  });

  test("become ids, with one look-up for each name", async () => {
    await endpoint.reset();
    const rules = [
      named("com.amazonaws.{region}.s3"),
      { ...named("com.amazonaws.us-east-1.s3"), fromPort: 80, toPort: 80 },
    ];
    expect((await checked(handler, set(place, rules))).rules).toEqual({
      [`tcp 443 to ${place.s3}`]: {},
      [`tcp 80 to ${place.s3}`]: {},
    });
    expect(await endpoint.count()).toEqual({ DescribeManagedPrefixLists: 1 });
  });

  test("fail with their place if they do not exist", async () => {
    expect(await refusals(set(place, [to(1, "10.0.0.0/8"), named("office")]))).toEqual([
      'rules[1].prefixListName "office": no prefix list has this name in us-east-1: check the name and the Region',
    ]);
  });

  test("count as their entries against the quota", async () => {
    const heavy = named("com.amazonaws.global.cloudfront.origin-facing");
    const program = { __program: { urn: "urn:set", silence: [] } };
    const id = known((await endpoint.prefixLists())["com.amazonaws.global.cloudfront.origin-facing"]);
    expect(await checked(handler, set(place, [heavy, ...many(5)], program))).toMatchObject({
      listWeights: { [id]: 55 },
    });
    const said = await refusals(set(place, [heavy, ...many(6)], program), setsAt(endpoint));
    expect(said).toEqual([expect.stringContaining(`${place.group} would exceed its quota`)]);
    expect(said[0]).toContain("declares 61 for IPv4");
  });
});
