import { CreateTagsCommand, DeleteTagsCommand } from "@aws-sdk/client-ec2";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { EgressRule, EgressRuleSet } from "../../index";
import { endpoint } from "../world";
import { declaredRules } from "./declaredRules";
import { heldIds } from "./faults/holds";
import { expectInPage, table } from "./faults/page";
import { LAN } from "./lan";
import { newStack } from "./newStack";
import type { Ran, TestStack } from "./stack";

// What happens to rules whose claims differ from state, for each next step.

const OWNER_TAG = "pulumi-aws-egress:owner";

/** What happens to a rule's claim between two runs. */
const BEFALLS: { readonly [what: string]: (id: string, region: string) => Promise<unknown> } = {
  "renewed by a run that was killed before it saved state": (id, region) =>
    setClaim(id, region, "shop/test@an0ther0"),
  "another stack's, which has adopted the rule": (id, region) => setClaim(id, region, "acme/prod@7f3k2m9q"),
  "removed by hand": (id, region) =>
    endpoint.client({ region }).send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: OWNER_TAG }] })),
  // By a rename before everything else.
  "renewed by the last run, but reads are stale": async () => {},
};
const LAST_BEFALLS = Object.keys(BEFALLS).at(-1);

function setClaim(id: string, region: string, Value: string): Promise<unknown> {
  const Tags = [{ Key: OWNER_TAG, Value }];
  return endpoint.client({ region }).send(new CreateTagsCommand({ Resources: [id], Tags }));
}

const KINDS = ["EgressRule", "EgressRuleSet"] as const;

interface Case {
  readonly befalls: string;
  readonly kind: (typeof KINDS)[number];
  readonly region: string;
  readonly group: string;
}

/** The suffixes of the resource names, and the new rules. */
interface Declared {
  readonly suffix?: string;
  readonly description?: string;
  readonly toPort?: number;
}

const program =
  (cases: readonly Case[], { suffix = "", ...more }: Declared = {}): PulumiFn =>
  async () => {
    for (const { kind, region, group: securityGroupId } of cases) {
      const [name, rule] = [`${region}${suffix}`, { ...LAN, ...more }];
      if (kind === "EgressRule") new EgressRule(name, { securityGroupId, region, ...rule });
      else new EgressRuleSet(name, { securityGroupId, region, rules: [rule] });
    }
  };

const ALL = { continueOnError: true };

/** The next step, whose last command is reported. */
const DONE: { readonly [what: string]: (stack: TestStack, cases: readonly Case[]) => Promise<Ran> } = {
  "`up` with another description": (stack, cases) => stack.up(program(cases, { description: "said" }), ALL),
  "`up` with another port": (stack, cases) => stack.up(program(cases, { toPort: 81 }), ALL),
  "`up` after a rename": (stack, cases) => stack.up(program(cases, { suffix: "-renamed" }), ALL),
  "`refresh`, then `up`": async (stack, cases) => {
    await stack.refresh();
    return stack.up(program(cases), ALL);
  },
  "`destroy`": (stack) => stack.destroy(),
};

const cells = new Map<string, string>();

/** The outcome of a case, in the words of docs/explanation/faults.md. */
async function outcome({ group, region }: Case, before: string, ran: Ran, inState: readonly string[]) {
  const there = (await declaredRules(group, region)).map(({ SecurityGroupRuleId: id = "" }) => id);
  const errors = [...ran.steps].flatMap(([name, { error }]) =>
    name.startsWith(region) && error ? [error] : [],
  );
  const isTold = ran.printed.includes(`rule ${before} on ${group} is left in place`);
  const isHeld = inState.includes(before);
  const isThere = there.includes(before);
  return {
    text: [
      errors.length === 0 ? "right" : "error",
      isThere ? (isHeld ? "the rule stays" : "left in place") : "revoked",
      ...(isTold ? ["reported"] : []),
      ...(there.some((id) => id !== before) ? ["another made"] : []),
    ].join(", "),
    isLost: isHeld && !isThere,
    isSilent: isThere && !isHeld && !isTold && errors.length === 0,
  };
}

afterEach(() => endpoint.hide());

test.each(Object.entries(DONE))(
  "%s loses nothing, leaves nothing silently, and the next run ends right",
  async (done, act) => {
    const stack = await newStack({ parallel: 64 });
    const cases: Case[] = [];
    for (const [place, befalls] of Object.keys(BEFALLS).entries()) {
      for (const kind of KINDS) {
        const region = `us-${kind.toLowerCase()}-${place}`;
        const [group = ""] = await endpoint.makeGroups(1, region);
        cases.push({ befalls, kind, region, group });
      }
    }
    const behind = cases.filter(({ befalls }) => befalls === LAST_BEFALLS);
    await stack.up(async () => {
      await program(cases.filter((one) => !behind.includes(one)))();
      await program(behind, { suffix: "-before" })();
    });
    await endpoint.hide({ rules: Object.fromEntries(behind.map(({ region }) => [region, 99])) });
    const made = await stack.up(program(cases));
    if (!made.ok) throw new Error(made.printed);
    const ids = new Map<Case, string>();
    for (const one of cases) {
      const [rule] = await declaredRules(one.group, one.region);
      ids.set(one, rule?.SecurityGroupRuleId ?? "");
      await BEFALLS[one.befalls]?.(ids.get(one) ?? "", one.region);
    }

    const ran = await act(stack, cases);
    await endpoint.hide();
    const inState = heldIds(await stack.resources());
    for (const one of cases) {
      const { text, ...problems } = await outcome(one, ids.get(one) ?? "", ran, inState);
      expect([one.befalls, one.kind, problems]).toEqual([
        one.befalls,
        one.kind,
        { isLost: false, isSilent: false },
      ]);
      cells.set(`${one.befalls} ${one.kind} ${done}`, text);
    }

    const last = program(cases, { toPort: 82 });
    await stack.refresh();
    const next = await stack.up(last);
    if (!next.ok) throw new Error(next.printed);
    for (const { group, region } of cases) {
      expect((await declaredRules(group, region)).map(({ ToPort }) => ToPort)).toContain(82);
    }
    expect((await stack.preview(last)).changes).toEqual({ same: cases.length + 1 });
  },
);

test("the outcomes match docs/explanation/faults.md: `npm run reliability` writes them", () => {
  const rows = Object.keys(BEFALLS).flatMap((befalls) =>
    KINDS.map((kind) => [
      befalls,
      `\`${kind}\``,
      ...Object.keys(DONE).map((done) => cells.get(`${befalls} ${kind} ${done}`) ?? ""),
    ]),
  );
  expectInPage("claims", table(["a claim", "of", ...Object.keys(DONE)], rows));
});
