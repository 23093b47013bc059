import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { reviewOf } from "../../../cli/review/review";
import { json } from "../../../cli/review/write/json";
import { ROOT } from "../../setup";
import { HARMLESS, manyGroups, programWith } from "./example";
import { from, model, rule, rules } from "./rules";

const schema: unknown = JSON.parse(
  readFileSync(join(ROOT, "docs", "reference", "review.schema.json"), "utf8"),
);
const validate = new Ajv({ allErrors: true }).compile(Object(schema));

test.each([
  ["a change of every kind", programWith(HARMLESS)],
  ["no groups", model([])],
  ["a group of which nothing is known", model([{ before: undefined, after: undefined }])],
  ["many groups", manyGroups(100, 5, (at) => (at % 2 === 0 ? ["-1 to 0.0.0.0/0"] : []))],
])("matches its schema: %s", (_, program) => {
  validate(JSON.parse(json(reviewOf(program))));
  expect(validate.errors ?? []).toEqual([]);
});

test("the schema accepts nothing else", () => {
  const report = JSON.parse(json(reviewOf(programWith(HARMLESS))));
  expect(validate({ ...report, more: true })).toBe(false);
  expect(validate({ ...report, verdict: "fine" })).toBe(false);
});

test("describes all of a piece as data", () => {
  const because = from("web", { reason: "calls the shop", source: { file: "index.ts", line: 4 } });
  const after = ["tcp 443 to 10.0.4.0/22", "icmp 8/-1 to 10.0.0.1/32", "-1 to sg-0a1b2c3d"].map((text) =>
    rule(text, because),
  );
  const report = JSON.parse(
    json(reviewOf(model([{ before: rules([]), after: rules(after), urn: "urn:db" }]))),
  );
  const said = [{ resource: "web", reason: "calls the shop", source: { file: "index.ts", line: 4 } }];
  expect(report).toEqual({
    verdict: "widens",
    groups: [
      {
        group: "sg-0123456789abcdef0",
        urn: "urn:db",
        verdict: "widens",
        opens: [
          {
            protocol: "icmp",
            fromPort: 8,
            toPort: -1,
            destination: "10.0.0.1/32",
            text: "icmp type 8 to 10.0.0.1/32 (1 address)",
            because: said,
          },
          {
            protocol: "tcp",
            fromPort: 443,
            toPort: 443,
            destination: "10.0.4.0/22",
            text: "tcp 443 to 10.0.4.0/22 (1,024 addresses)",
            because: said,
          },
          { protocol: "-1", destination: "sg-0a1b2c3d", text: "all traffic to sg-0a1b2c3d", because: said },
        ],
        closes: [],
        findings: [],
        quota: { ipv4: { before: 0, after: 3, allowed: 60 }, ipv6: { before: 0, after: 1, allowed: 60 } },
      },
    ],
  });
});

test("describes in words of its own what no EC2 rule can express", () => {
  const pieces = (before: string, after: string) =>
    JSON.parse(
      json(reviewOf(model([{ before: rules([before]), after: rules([after]) }]))),
    ).groups[0].opens.map(
      ({ because, text, destination, ...piece }: { because: unknown; text: unknown; destination: unknown }) =>
        piece,
    );
  expect(pieces("icmp 3/4 to 10.0.0.0/8", "icmp 3/-1 to 10.0.0.0/8")).toEqual([
    { protocol: "icmp", icmp: { fromType: 3, toType: 3, fromCode: 0, toCode: 3 } },
    { protocol: "icmp", icmp: { fromType: 3, toType: 3, fromCode: 5, toCode: 255 } },
  ]);
  expect(pieces("tcp 0-65535 to 10.0.0.0/8", "-1 to 10.0.0.0/8")).toEqual([
    { protocol: "-1", except: ["tcp"] },
  ]);
});
