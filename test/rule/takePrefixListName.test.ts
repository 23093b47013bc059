import { takePrefixListName } from "../../provider/rule/takePrefixListName";
import { UNKNOWN } from "../../provider/rule/unknown";

test("a name stands for an id that is unknown until the lookup", () => {
  expect(takePrefixListName({ ipProtocol: "tcp", prefixListName: "office" })).toEqual({
    args: { ipProtocol: "tcp", prefixListId: UNKNOWN },
    prefixListName: "office",
    failures: [],
  });
});

test("arguments without a name stay unchanged", () => {
  const args = { ipProtocol: "tcp", prefixListId: "pl-0123456789abcdef0" };
  expect(takePrefixListName(args)).toEqual({ args, failures: [] });
  expect(takePrefixListName({ ...args, prefixListName: undefined })).toEqual({ args, failures: [] });
});

test("an unknown name is not looked up yet", () => {
  expect(takePrefixListName({ prefixListName: UNKNOWN })).toEqual({
    args: { prefixListId: UNKNOWN },
    failures: [],
  });
});

test.each([
  [
    "beside an id",
    { prefixListName: "office", prefixListId: "pl-0123456789abcdef0" },
    '"office" conflicts with prefixListId',
  ],
  ["empty", { prefixListName: "" }, '"" is not the name of a prefix list'],
  ["no text", { prefixListName: 7 }, "7 is not the name of a prefix list"],
])("a name is refused: %s", (_, args, reason) => {
  expect(takePrefixListName(args).failures).toEqual([
    { property: "prefixListName", reason: expect.stringContaining(reason) },
  ]);
});
