import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EC2Client } from "@aws-sdk/client-ec2";
import fc from "fast-check";
import { FORMS } from "../../../cli/generate/declarationOf";
import { generate } from "../../../cli/generate/generate";
import type { SourceRule } from "../../../cli/typescript/source";
import { AUTHORIZE, DESCRIBE } from "../../actions";
import { listOfSize } from "../../ec2/lists";
import { isFull } from "../../fullTest";
import { recorded } from "../../handlers/handler";
import { type Kept, up } from "../../handlers/ruleSet/runs";
import { bothAt } from "../../handlers/ruleSet/sets";
import { strictly } from "../../strictly";
import { endpoint } from "../../world";
import { type Around, areClaimed, fillGroup, rulesAround, withoutClaims } from "./madeGroup";
import { registeredBy } from "./runProgram";

let ec2: EC2Client;
let around: Around;
let folder: string;

beforeAll(async () => {
  ec2 = endpoint.client();
  const named = await endpoint.prefixLists();
  const lists = ["s3", "dynamodb"].map((service) => named[`com.amazonaws.us-east-1.${service}`] ?? "");
  around = { groups: await endpoint.makeGroups(3), lists: [...lists, await listOfSize(ec2, 1)] };
  folder = mkdtempSync(join(tmpdir(), "egress-generate-"));
  // The line that says what each set adopts.
  jest.spyOn(console, "error").mockImplementation(() => {});
});
afterAll(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** The output of `aws ec2 describe-security-group-rules` for a group. */
async function printed(group: string): Promise<string> {
  const file = join(folder, `${group}.json`);
  writeFileSync(file, JSON.stringify({ SecurityGroupRules: await endpoint.rules(group) }));
  return file;
}

/** Runs `up` on a program's resources: first with an empty state, then with the state that results. */
async function upOf(text: string, kept: readonly (Kept | undefined)[] = []): Promise<readonly Kept[]> {
  const { sets, rules } = bothAt(endpoint);
  const resources = await registeredBy(text);
  const ran = await Promise.all(
    resources.map(({ type, inputs }, place) => up(type.endsWith("Set") ? sets : rules, kept[place], inputs)),
  );
  return ran.map(({ error, kept: made }) => {
    if (error !== undefined || made === undefined) throw new Error(error);
    return made;
  });
}

async function takesOver(
  rules: readonly SourceRule[],
  options: Parameters<typeof generate>[1],
): Promise<void> {
  const [group = ""] = await endpoint.makeGroups(1);
  await fillGroup(endpoint, ec2, group, rules);
  const before = await endpoint.rules(group);
  const { text } = await generate([], { ...options, rules: await printed(group) });

  const first = await recorded(endpoint, () => upOf(text));
  // A single rule is requested first: EC2 answers that it exists.
  const calls = first.actions.filter((action) => action !== AUTHORIZE);
  expect(new Set(calls)).toEqual(new Set([DESCRIBE, "CreateTags"]));
  const after = await endpoint.rules(group);
  expect(withoutClaims(after)).toEqual(withoutClaims(before));
  expect(areClaimed(after)).toBe(true);

  const second = await recorded(endpoint, () => upOf(text, first.result));
  expect(second.actions).toEqual([]);
}

/** Other emulators claim to create a single rule that already exists. */
const testOf = (as: string) => (as === "rules" ? strictly : test);

for (const as of FORMS) {
  testOf(as)(
    `${as}: takes over any rules as they are, and changes nothing the next time`,
    async () => {
      await fc.assert(
        fc.asyncProperty(rulesAround(around), (rules) => takesOver(rules, { as })),
        { numRuns: isFull ? 8 : 2, seed: 7 },
      );
    },
    300_000,
  );
}

test.each(["policy", "set"])(
  "%s: becomes exclusive without revoking any rule",
  async (as) => {
    await fc.assert(
      fc.asyncProperty(rulesAround(around), (rules) => takesOver(rules, { as, exclusive: true })),
      { numRuns: isFull ? 8 : 2, seed: 7 },
    );
  },
  300_000,
);

test.each(FORMS)("%s: keeps a rule that allows nothing, beside one that allows something", async (as) => {
  const port = { protocol: "icmp", fromPort: 11, toPort: -1 };
  const rules: readonly SourceRule[] = [
    { port, to: { kind: "ipv4", value: "10.0.0.0/8" } },
    { port, to: { kind: "ipv6", value: "2001:db8::/32" } },
  ];
  await takesOver(rules, { as });
});
