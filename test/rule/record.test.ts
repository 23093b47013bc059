import { withoutUndefined } from "../../provider/rule/record";

test("a copy without undefined parts keeps everything else, including null and empty values", () => {
  const record = { a: undefined, b: null, c: "", d: 0, e: false, f: "text" };
  expect(withoutUndefined(record)).toStrictEqual({ b: null, c: "", d: 0, e: false, f: "text" });
});

test("the record itself stays unchanged", () => {
  const record = Object.freeze({ a: undefined, b: 1 });
  expect(withoutUndefined(record)).toStrictEqual({ b: 1 });
  expect(record).toStrictEqual({ a: undefined, b: 1 });
});
