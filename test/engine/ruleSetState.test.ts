import * as pulumi from "@pulumi/pulumi";
import { EgressRuleSet, type SetRuleArgs } from "../../index";
import { fullTest } from "../fullTest";
import { endpoint } from "../world";
import { type Life, makeLife } from "./life";
import { newStack } from "./newStack";
import { tcp } from "./setRules";

const withTeam: pulumi.ResourceTransform = async ({ props, opts }) => ({
  props: { ...props, tags: { ...props.tags, Team: "web" } },
  opts,
});

const HIDDEN = ["hush", "hidden", "10.77."];

// The group has its initial one.
const SIXTY = Array.from({ length: 59 }, (_, place) =>
  tcp(443, `10.${100 + place}.0.0/16`, { description: `to the office number ${100 + place}` }),
);

const NAMES = ["later", "first", "described", "destined", "tagged", "ignoring", "sixty"];

let life: Life;
let seen: Awaited<ReturnType<typeof live>>;

beforeAll(async () => {
  life = await makeLife(NAMES);
  seen = await live();
});
afterAll(() => life?.stack.remove());

async function live() {
  const { after, stack } = life;
  const previewed = await after(() => stack.preview(program("first")));
  const made = await after(() => stack.up(program("first")));
  if (!made.ok) throw new Error(made.printed);
  await stack.refresh();
  const changed = await after(() => stack.up(program("then")));
  const again = await after(() => stack.preview(program("then")));
  return { previewed, made, changed, again, state: await stack.state() };
}

const program = (time: "first" | "then") => async () => {
  const make = (
    name: string,
    rules: readonly SetRuleArgs[],
    more: { exclusive?: boolean } = {},
    opts: pulumi.CustomResourceOptions = {},
  ) => new EgressRuleSet(name, { ...life.placeOf(name), rules, ...more }, opts);

  const secret = { description: pulumi.secret("hush"), tags: { Team: pulumi.secret("hidden") } };
  const { ruleIds: ids } = make("destined", [tcp(443, pulumi.secret("10.77.0.0/16"))]);
  make("described", [tcp(443, "10.1.0.0/16", secret)]);

  const tagged = [tcp(443, "10.2.0.0/16"), tcp(80, "10.2.0.0/16", { tags: { Team: "db" } })];
  make("tagged", tagged, {}, { transforms: [withTeam] });

  if (time === "first") make("ignoring", [tcp(443, "10.3.0.0/16")]);
  else make("ignoring", [tcp(80, "10.3.0.0/16")], { exclusive: true }, { ignoreChanges: ["rules"] });

  make("sixty", SIXTY);
  return { later: later(), ids };
};

/** A set of values known before `up`, and unknown ones. */
function later() {
  const [first, { securityGroupId, region }] = [life.placeOf("first"), life.placeOf("later")];
  const { id } = new EgressRuleSet("first", { ...first, rules: [tcp(1, "10.0.0.0/8")] });
  const database = id.apply(() => securityGroupId);
  const { rules, ruleIds } = new EgressRuleSet("later", {
    region,
    securityGroupId: id.apply(() => securityGroupId),
    rules: [
      tcp(443, "10.0.0.0/8"),
      tcp(
        80,
        id.apply(() => "10.0.0.0/8"),
      ),
      tcp(444, "10.0.0.0/8", { description: id.apply(() => "later") }),
      { ipProtocol: "tcp", fromPort: 5432, toPort: 5432, referencedSecurityGroupId: database },
      { ipProtocol: "tcp", fromPort: 6379, toPort: 6379, referencedSecurityGroupId: database },
    ],
  });
  return { rules, ruleIds };
}

test("a preview shows the known parts of rules with unknown destinations, and `up` creates them", () => {
  const { printed } = seen.previewed;
  expect(printed).toMatch(/tcp 443 to 10\.0\.0\.0\/8 +: \{\}/);
  expect(printed).toMatch(/tcp 444 to 10\.0\.0\.0\/8 +: \[unknown\]/);
  for (const port of [80, 5432, 6379]) {
    expect(printed).toMatch(new RegExp(`tcp ${port} to a destination not yet known *: \\[unknown\\]`));
  }
  // The outputs of the program.
  expect(printed).toMatch(/ruleIds: \[unknown\]\n +rules +: \[unknown\]/);

  const { rules, ruleIds } = Object(seen.made.outputs.later);
  const { securityGroupId } = life.placeOf("later");
  expect(Object.keys(rules)).toEqual([
    "tcp 443 to 10.0.0.0/8",
    "tcp 444 to 10.0.0.0/8",
    `tcp 5432 to ${securityGroupId}`,
    `tcp 6379 to ${securityGroupId}`,
    "tcp 80 to 10.0.0.0/8",
  ]);
  expect(Object.keys(ruleIds)).toEqual(Object.keys(rules));
});

test("secrets stay secret in state, through a refresh too; ids are visible if the rules are", () => {
  expect(seen.previewed.printed).toMatch(/ids *: \[(unknown|secret)\]/);
  expect(seen.made.printed).toMatch(/rules +: \[secret\]/);
  for (const hidden of HIDDEN) expect(seen.state).not.toContain(hidden);
  expect(seen.state).toMatch(/"ruleIds":\{"tcp 443 to 10\.1\.0\.0\/16":"sgr-/);
});

test("a transform that tags every resource tags the rules of a set", () => {
  const { rules } = seen.made.of("tagged");
  const teams = rules.flatMap(({ FromPort, Tags = [] }) =>
    Tags.filter(({ Key }) => Key === "Team").map(({ Value }) => `${FromPort} ${Value}`),
  );
  expect(teams.sort()).toEqual(["443 web", "80 db"]);
});

test("ignored changes change nothing, and the rest of the set is still updated", () => {
  const { step, rules } = seen.changed.of("ignoring");
  expect(step).toEqual({ operation: "update" });
  expect(rules).toMatchObject([{ FromPort: 443 }]);
  expect(seen.changed.changes).toMatchObject({ update: 1 });
});

test("sixty rules with descriptions take less than 500 bytes each in state", () => {
  const { state } = seen.made.of("sixty");
  expect(JSON.stringify(state).length / SIXTY.length).toBeLessThan(500);
});

test("a second run changes nothing", () => {
  expect(seen.again.changes).toEqual({ same: NAMES.length + 1 });
});

fullTest(
  "secret tags of a set stay secret even while one of its rules still has a different tag",
  async () => {
    const [securityGroupId = ""] = await endpoint.makeGroups(1);
    const stack = await newStack();
    const all = (zone: string) => async () => {
      const tags = { Zone: pulumi.secret(zone) };
      new EgressRuleSet("web", { securityGroupId, rules: [tcp(443, "10.0.0.0/8")], tags });
    };
    await stack.up(all("hidden-one"));
    await endpoint.deny(["CreateTags"]);
    const { printed } = await stack.up(all("hidden-two"));
    await endpoint.deny([]);
    expect(printed).toContain("UnauthorizedOperation");
    for (const text of [printed, await stack.state()]) expect(text).not.toContain("hidden");
  },
);
