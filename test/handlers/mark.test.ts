import fc from "fast-check";
import {
  declaredMark,
  jointMark,
  renewedMark,
  sameOwner,
  sameStack,
  standsFor,
} from "../../provider/ec2/mark";

/** Marks as the resource class makes them: of one stack, and at most 240 characters long. */
const marks = fc
  .array(fc.string({ unit: "grapheme", maxLength: 100 }), { minLength: 2, maxLength: 20 })
  .map((names) => names.map((name) => `shop/test/${name}`));

describe("a joint mark", () => {
  test.each<[string[], string]>([
    [["shop/test/web-1", "shop/test/web-2"], "shop/test/web-*"],
    [["shop/test/web", "shop/test/web-2"], "shop/test/web*"],
    [["shop/test/web", "shop/test/db"], "shop/test/*"],
    [["shop/test/😀", "shop/test/😁"], "shop/test/*"],
  ])("of %j says what they share", (own, shared) => {
    expect(jointMark(own)).toMatch(new RegExp(`^${shared.replace("*", "[*]")}@[0-9a-f]{8}$`));
  });

  test("stands for each of its members, renewed or not, and fits into a tag", () => {
    fc.assert(
      fc.property(marks, (own) => {
        const joint = jointMark(own);
        expect(joint.length).toBeLessThanOrEqual(256);
        // Half of a surrogate pair would come back as another character.
        expect(Buffer.from(joint).toString()).toBe(joint);
        expect(sameStack(joint, "shop/test/other")).toBe(true);
        for (const mark of own) expect(standsFor(joint, mark)).toBe(true);
      }),
    );
  });

  test("is like no other", () => {
    const own = ["shop/test/web-1", "shop/test/web-2"];
    const [one, other] = [jointMark(own), jointMark(own)];
    expect(sameOwner(one, other)).toBe(false);
    expect(sameOwner(one, one)).toBe(true);
    expect(sameOwner(one, own[0])).toBe(false);
    expect(declaredMark(one)).toBe(one);
  });

  test.each(["shop/test/db", "shop/prod/web-1", "shop/test/we"])("does not stand for %s", (other) => {
    expect(standsFor(jointMark(["shop/test/web-1", "shop/test/web-2"]), other)).toBe(false);
  });
});

test("a resource's own mark stands for it alone", () => {
  const own = "shop/test/web";
  expect(standsFor(own, own)).toBe(true);
  expect(standsFor(renewedMark(own), own)).toBe(true);
  expect(standsFor(own, "shop/test/web-2")).toBe(false);
  expect(standsFor(undefined, own)).toBe(false);
  expect(standsFor(own, undefined)).toBe(false);
});
