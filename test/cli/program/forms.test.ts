import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../../cli/program/inputError";
import { readProgram } from "../../../cli/program/read";
import { readRecorded, recorded, told } from "./told";

const folder = mkdtempSync(join(tmpdir(), "egress-forms-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const state = recorded("egressRules", "state.json");
const preview = recorded("egressRules", "preview.json");

test.each(["streamed.jsonl", "events.jsonl"])(
  "the events of %s include unchanged resources, too",
  async (name) => {
    const model = await readProgram({ preview: recorded("egressRules", name) });
    const { web, cache } = told(model);
    expect(model.gaps).toEqual([]);
    expect(web?.before).toEqual(["tcp 443 to 10.0.4.0/24: widens, updates", "tcp 5432 to database: stays"]);
    // Events contain neither lines nor the sources of values: those stay unknown.
    expect(web?.after).toEqual([
      "not known: referencedSecurityGroupId is unknown: stays",
      "not known: referencedSecurityGroupId is unknown: to-cache, sessions",
      "tcp 443 to 10.0.4.0/22: widens, updates",
    ]);
    expect(cache?.before).toBe("-");
  },
);

test.each(["streamed.jsonl", "events.jsonl"])("a secret in %s stays hidden", async (name) => {
  const model = await readProgram({ preview: recorded("notKnown", name) });
  expect(told(model).web?.before).toEqual(["not known: cidrIpv4 is secret: partner"]);
});

test("without a state the model reports what it cannot know", async () => {
  const { gaps } = await readProgram({ preview });
  expect(gaps).toEqual([expect.stringContaining("--state")]);
  expect((await readRecorded("egressRules")).gaps).toEqual([]);
});

test("a state alone changes nothing", async () => {
  const { groups } = await readProgram({ state });
  expect(groups.length).toBeGreaterThan(0);
  for (const { before, after } of groups) expect(after).toBe(before);
});

test("files redirected by PowerShell are readable", async () => {
  const utf16 = Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from(readFileSync(preview, "utf8"), "utf16le"),
  ]);
  const model = await readProgram({ preview: file("utf16.json", utf16), state });
  expect(told(model)).toEqual(told(await readRecorded("egressRules")));
});

test("a failed preview reports that it is incomplete", async () => {
  const failed = JSON.parse(readFileSync(preview, "utf8"));
  failed.diagnostics = [{ severity: "error", message: "vpc not found\nat …" }];
  const { gaps } = await readProgram({ preview: file("failed.json", JSON.stringify(failed)), state });
  expect(gaps).toEqual([expect.stringMatching(/does not show the whole change: vpc not found$/)]);
});

test.each([
  ["the export of a stack: expected what `pulumi preview --json` writes", { preview: state }],
  ["a preview: expected what `pulumi stack export` writes", { state: preview }],
  ["is not JSON", { preview: file("note.txt", "hello") }],
  ["is empty", { preview: file("empty.json", "\n") }],
  ["none.json cannot be read", { state: join(folder, "none.json") }],
  ['JSON with "a", "b": expected', { preview: file("other.json", '{"a":1,"b":2}') }],
  ["the state file of a backend: expected", { state: file("checkpoint.json", '{"checkpoint":{}}') }],
  ["steps[1] is 7", { preview: file("steps.json", '{"steps":[{"op":"same","urn":"u"},7]}') }],
  [
    "resources[0] is {}: expected a resource",
    { state: file("no-urn.json", '{"deployment":{"resources":[{}]}}') },
  ],
  ["line 2 is not JSON", { preview: file("cut.jsonl", '{"cancelEvent":{}}\n{"resourcePreEv') }],
  ["only one of them can read standard input", { preview: "-", state: "-" }],
])("a bad input is an error with the message: %s", async (message, inputs) => {
  const error = await readProgram(inputs).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect(String(error)).toContain(message);
});

test("the state of another stack is refused, since everything would look new", async () => {
  const other = readFileSync(state, "utf8").replaceAll("urn:pulumi:prod::", "urn:pulumi:dev::");
  await expect(readProgram({ preview, state: file("dev.json", other) })).rejects.toThrow(
    "the preview is of stack shop/prod, but the state is of stack shop/dev",
  );
});
