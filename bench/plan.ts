import { identity } from "../provider/rule/identity";
import { plan } from "../provider/rule/plan/plan";
import type { PresentRule } from "../provider/rule/plan/planStep";
import { ruleOf } from "../provider/rule/rule";
import { medianOf } from "./median";
import { type Found, ratio } from "./table";

const COUNTS = [1_000, 10_000, 100_000];
const LIMIT = 2;

/** How planning time grows with a group's rules. */
export async function benchPlan({ quick }: { readonly quick: boolean }): Promise<Found> {
  const runs = quick ? 3 : 7;
  const times: { count: number; planned: number; identified: number }[] = [];
  for (const count of COUNTS) {
    const present = rules(count);
    const wanted = edited(present);
    const room = { quota: 2 * count, others: new Map() };
    // The first run of each size includes compilation.
    const planned = await medianOf(runs, () => secondsOf(() => plan(wanted, present, room)));
    const identified = await medianOf(runs, () =>
      secondsOf(() => present.map(({ inputs }) => identity(ruleOf(inputs)))),
    );
    times.push({ count, planned, identified });
  }
  const last = times.at(-1);
  const rows = times.map(({ count, planned, identified }, place) => {
    const before = times[place - 1];
    return [
      before ? planned / before.planned / nLogN(count, before.count) : null,
      before ? identified / before.identified / nLogN(count, before.count) : null,
      ratio(planned, LIMIT),
      count,
      planned * 1_000,
      identified * 1_000,
    ];
  });
  const table = {
    title: "Planning a group",
    notes: [
      `The median of ${runs} runs in one process. A tenth each is added, removed, redirected, described and tagged anew.`,
      "Growth: by how much the time has grown from the row above, to the growth of n log n; 1 or less is no faster.",
    ],
    columns: ["growth, plan", "growth, identity", "plan / 2 s", "rules", "plan, ms", "identity of each, ms"],
    rows,
  };
  const grown = rows
    .slice(1)
    .flatMap(([growth, , , count]) =>
      typeof growth === "number"
        ? [{ what: `growth of the plan to ${count} rules, to n log n`, measured: growth, limit: 1, unit: "" }]
        : [],
    );
  const planned = { what: "plan of 100,000 rules", measured: last?.planned ?? 0, limit: LIMIT, unit: "s" };
  return { table, limits: [planned, ...grown] };
}

function nLogN(count: number, before: number): number {
  return (count * Math.log(count)) / (before * Math.log(before));
}

function secondsOf(work: () => unknown): number {
  const since = performance.now();
  work();
  return (performance.now() - since) / 1_000;
}

function rules(count: number): PresentRule[] {
  return Array.from({ length: count }, (_, place) => ({
    id: `sgr-${place}`,
    tags: { Team: "web" },
    weight: 1,
    inputs: {
      securityGroupId: "sg-0123456789abcdef0",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: `10.${place >> 16}.${(place >> 8) & 255}.${place & 255}/32`,
      description: `service ${place}`,
    },
  }));
}

const NEW = { ipProtocol: "udp", fromPort: 53, toPort: 53 };

function edited(present: readonly PresentRule[]): PresentRule[] {
  return present.map((rule, place) => {
    const { inputs } = rule;
    switch (place % 10) {
      case 0:
        return {
          ...rule,
          inputs: { ...inputs, ...NEW, cidrIpv4: `${inputs.cidrIpv4}`.replace("10.", "11.") },
        };
      case 1:
        return { ...rule, inputs: { ...inputs, toPort: 444 } };
      case 2:
        return { ...rule, inputs: { ...inputs, description: "edited" } };
      case 3:
        return { ...rule, tags: { Team: "data" } };
      default:
        return rule;
    }
  });
}
