import { EgressRule, EgressRuleSet, type SetRuleArgs } from "../../index";
import type { Hold } from "../ec2/endpoint";
import { endpoint } from "../world";
import { idsByPort } from "./declaredRules";
import { regionOf } from "./faults/faultCase";
import { MEETINGS, type Meeting } from "./meetings";
import { makeStack, type Ran, type TestStack } from "./stack";

// A person changes a group by hand during a call of a run that does not know about it.

interface Case extends Meeting {
  readonly region: string;
  readonly group: string;
}

type Ids = { readonly [port: string]: string };

/** The result of a meeting. */
interface Met {
  readonly errors: string;
  /** The rules after the person's change, after the run, and at the end. */
  readonly during: Ids;
  readonly after: Ids;
  readonly converged: Ids;
}

let stack: TestStack;
const met = new Map<Meeting, Met>();

beforeAll(async () => {
  stack = await makeStack(endpoint, { parallel: 64 });
  const cases: Case[] = [];
  for (const [place, meeting] of MEETINGS.entries()) {
    const region = `us-hand-${"abcdefghijklm"[place]}-1`;
    const [group = ""] = await endpoint.makeGroups(1, region);
    cases.push({ ...meeting, region, group });
  }
  await meet(cases);
});
afterAll(async () => {
  await stack?.remove();
});

const idsOf = ({ group, region }: Case) => idsByPort(group, region);

async function meet(cases: readonly Case[]): Promise<void> {
  const all =
    (rulesOf: (one: Case) => readonly SetRuleArgs[], adopt = false) =>
    async () => {
      for (const one of cases) declare(one, rulesOf(one), adopt);
    };
  const made = await stack.up(all(({ before }) => before));
  if (!made.ok) throw new Error(made.printed);

  const holds = new Map<Case, Hold>();
  for (const one of cases) {
    holds.set(one, await endpoint.hold({ action: one.action, region: one.region, before: true }));
  }
  const running = stack.up(
    all(({ after }) => after),
    { continueOnError: true },
  );
  const during = new Map<Case, Ids>();
  // The engine deletes resources that left the program once everything else is done.
  for (const isGoing of [false, true]) {
    const now = cases.filter((one) => isDelete(one) === isGoing);
    await Promise.all(now.map((one) => holds.get(one)?.reached()));
    for (const one of now) {
      const idOf = async (port: number) => (await idsOf(one))[port] ?? "";
      const ec2 = endpoint.client({ region: one.region });
      for (const change of one.byHand) await change({ ec2, group: one.group, idOf });
      during.set(one, await idsOf(one));
      await holds.get(one)?.release();
    }
  }
  const ran = await running;
  const after = await Promise.all(cases.map(idsOf));

  await stack.refresh();
  const wanted = all((one) => (one.converged.length > 0 ? one.after : []), true);
  const next = await stack.up(wanted);
  if (!next.ok) throw new Error(next.printed);
  expect(Object.keys((await stack.preview(wanted)).changes)).toEqual(["same"]);
  for (const [place, one] of cases.entries()) {
    met.set(MEETINGS[place] ?? one, {
      errors: errorsIn(ran, one),
      during: during.get(one) ?? {},
      after: after[place] ?? {},
      converged: await idsOf(one),
    });
  }
}

function declare(
  { kind, region, group: securityGroupId }: Case,
  rules: readonly SetRuleArgs[],
  adopt: boolean,
) {
  if (kind === "rules") {
    for (const [place, rule] of rules.entries()) {
      new EgressRule(`${region}-${place}`, { securityGroupId, region, ...rule, adopt });
    }
  } else if (rules.length > 0) {
    new EgressRuleSet(region, { securityGroupId, region, rules, adopt, exclusive: kind === "exclusive set" });
  }
}

function isDelete({ kind, action, after }: Case): boolean {
  return action === "RevokeSecurityGroupEgress" && (kind === "rules" || after.length === 0);
}

function errorsIn({ steps }: Ran, { region }: Case): string {
  return [...steps]
    .flatMap(([name, { error = "" }]) => (regionOf(name) === region ? [error] : []))
    .join("\n");
}

test.each(MEETINGS)("$kind: a person $what", (meeting) => {
  const { errors, during, after, converged } = met.get(meeting) ?? {};
  expect(errors).toMatch(meeting.says ?? /^\n*$/);
  expect(Object.keys(after ?? {}).map(Number)).toEqual(meeting.left);
  expect(Object.keys(converged ?? {}).map(Number)).toEqual(meeting.converged);
  // The person's rules are still there, and no others in their place.
  const stays = Object.entries(during ?? {}).filter(([port]) => meeting.converged.includes(Number(port)));
  expect({ ...after, ...Object.fromEntries(stays) }).toEqual(after);
  expect({ ...converged, ...Object.fromEntries(stays) }).toEqual(converged);
});
