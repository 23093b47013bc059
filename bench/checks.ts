import * as pulumi from "@pulumi/pulumi";
import { checkInProgram } from "../provider/dynamic/programCheck";
import { makeEgressRule } from "../provider/handlers/egressRule";
import type { FromProgram } from "../provider/rule/fromProgram";
import { medianOf } from "./median";
import { type Found, ratio } from "./table";

const COUNT = 2_000;
const LIMIT = 1;

/** Spread over groups, and all on one, where each is checked against all others. */
const GROUPS = [40, 1];

/** Room for all, so that the quota refuses none. */
const QUOTA = { "aws-egress:rulesPerGroup": String(COUNT) };

/** The cost of checking many rules: in the program, and in the handlers. */
export async function benchChecks({ quick }: { readonly quick: boolean }): Promise<Found> {
  const runs = quick ? 3 : 7;
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
    call: () => ({}),
  });
  pulumi.runtime.setAllConfig(QUOTA);
  const rows: { groups: number; program: number; handlers: number }[] = [];
  await pulumi.runtime.runInPulumiStack(async () => {
    let run = 0;
    for (const groups of GROUPS) {
      let handlers = 0;
      const program = await medianOf(runs, async () => {
        const rules = declared(groups, run++);
        const since = performance.now();
        const programs = await Promise.all(rules.map(({ name, args }) => inProgram(name, args)));
        const checked = performance.now();
        await inHandlers(rules, programs);
        handlers = (performance.now() - checked) / 1_000;
        return (checked - since) / 1_000;
      });
      rows.push({ groups, program, handlers });
    }
    return undefined;
  });
  const table = {
    title: "Checking rules",
    notes: [
      `The median of ${runs} runs in one process: ${COUNT} rules, checked beside one another by the program, then by the handlers.`,
    ],
    columns: ["all / 1 s", "groups", "program, ms", "handlers, ms"],
    rows: rows.map(({ groups, program, handlers }) => [
      ratio(program + handlers, LIMIT),
      groups,
      program * 1_000,
      handlers * 1_000,
    ]),
  };
  const limits = rows.map(({ groups, program, handlers }) => ({
    what: `${COUNT} checks, on ${groups} ${groups === 1 ? "group" : "groups"}`,
    measured: program + handlers,
    limit: LIMIT,
    unit: "s",
  }));
  return { table, limits };
}

/** Each run has its own groups, since a program remembers its declarations. */
function declared(groups: number, run: number) {
  return Array.from({ length: COUNT }, (_, place) => ({
    name: `rule-${run}-${place}`,
    args: {
      securityGroupId: `sg-${(0x10000000 + run * 1_000 + (place % groups)).toString(16)}`,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: `10.${place >> 8}.${place & 255}.0/24`,
    },
  }));
}

function inProgram(name: string, args: ReturnType<typeof declared>[number]["args"]): Promise<FromProgram> {
  const rules = [{ at: "", args, silence: new Set<never>() }];
  return checkInProgram({ label: name, urn: Promise.resolve(`urn:${name}`), rules }).program;
}

async function inHandlers(
  rules: ReturnType<typeof declared>,
  programs: readonly FromProgram[],
): Promise<void> {
  const { configure, check } = makeEgressRule();
  const settings: { readonly [key: string]: string } = { "aws:region": "us-east-1", ...QUOTA };
  const get = (key: string) => settings[key];
  await configure?.({ config: { get, require: (key) => get(key) ?? "" } });
  for (const [place, { args }] of rules.entries()) {
    const checked = await check?.({}, { ...args, owner: "shop/test", __program: programs[place] });
    if (checked?.failures?.length) throw new Error(JSON.stringify(checked.failures[0]));
  }
}
