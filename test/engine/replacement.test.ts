import { type EgressDestination, EgressRule, type EgressRuleArgs, EgressRuleSet } from "../../index";
import { endpoint } from "../world";
import { declaredRules } from "./declaredRules";
import { makeStack } from "./stack";

/** Two groups in their own Region, whose name the resources contain. */
interface Place {
  readonly region: string;
  readonly group: string;
  readonly other: string;
}

/** A change that authorizes some rules and revokes others. */
interface Replacement {
  readonly what: string;
  readonly before: (place: Place) => void;
  readonly after: (place: Place) => void;
  /** How many rules exist before and after it. */
  readonly count: number;
}

const tcp = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port });
const LAN = { cidrIpv4: "10.0.0.0/16" };

type Arguments = Pick<EgressRuleArgs, "securityGroupId"> & EgressDestination;

const rules =
  (count: number, argumentsOf: (place: Place) => Arguments) =>
  (place: Place): void => {
    for (let port = 1; port <= count; port++) {
      const { region } = place;
      new EgressRule(`${region}-${port}`, { region, ...tcp(port), ...argumentsOf(place) });
    }
  };

const set =
  (groupOf: (place: Place) => string, to: (place: Place) => EgressDestination) => (place: Place) => {
    const { region } = place;
    const setRules = [1, 2, 3].map((port) => ({ ...tcp(port), ...to(place) }));
    new EgressRuleSet(region, { region, securityGroupId: groupOf(place), rules: setRules });
  };

const onGroup = ({ group }: Place) => ({ securityGroupId: group, ...LAN });
const onOther = ({ other }: Place) => ({ securityGroupId: other, ...LAN });
const toOther = ({ group, other }: Place) => ({ securityGroupId: group, referencedSecurityGroupId: other });
const toLan = () => LAN;

const REPLACEMENTS: readonly Replacement[] = [
  { what: "the group of a rule", before: rules(1, onGroup), after: rules(1, onOther), count: 1 },
  { what: "the kind of a rule's destination", before: rules(1, onGroup), after: rules(1, toOther), count: 1 },
  { what: "the group of several rules", before: rules(3, onGroup), after: rules(3, onOther), count: 3 },
  {
    what: "the kind of several rules' destination",
    before: rules(3, onGroup),
    after: rules(3, toOther),
    count: 3,
  },
  {
    what: "the group of a set",
    before: set(({ group }) => group, toLan),
    after: set(({ other }) => other, toLan),
    count: 3,
  },
  {
    what: "the kind of the destination of a set's rules",
    before: set(({ group }) => group, toLan),
    after: set(
      ({ group }) => group,
      ({ other }) => ({ referencedSecurityGroupId: other }),
    ),
    count: 3,
  },
];

interface Replaced {
  /** The ids of the rules before, after a run without the right to authorize, and after one with it. */
  readonly before: readonly string[];
  readonly refused: readonly string[];
  readonly after: readonly string[];
  /** What the two runs revoked and authorized, in EC2's order. */
  readonly ofRefused: readonly string[];
  readonly acted: readonly string[];
}

const replaced = new Map<Replacement, Replaced>();

beforeAll(async () => {
  const places: Place[] = [];
  for (const number of REPLACEMENTS.keys()) {
    const region = `us-replacement-${number + 1}`;
    const [group = "", other = ""] = await endpoint.makeGroups(2, region);
    places.push({ region, group, other });
  }
  const stack = await makeStack(endpoint, { parallel: 64 });
  try {
    const program = (when: "before" | "after") => async () => {
      for (const [number, place] of places.entries()) REPLACEMENTS[number]?.[when](place);
    };
    const made = await stack.up(program("before"));
    if (!made.ok) throw new Error(made.printed);
    const before = await Promise.all(places.map(ids));

    await endpoint.reset();
    await endpoint.deny(["AuthorizeSecurityGroupEgress"]);
    expect((await stack.up(program("after"), { continueOnError: true })).ok).toBe(false);
    const refused = await Promise.all(places.map(ids));
    const ofRefused = await Promise.all(places.map(acted));

    await endpoint.reset();
    await endpoint.deny([]);
    const ran = await stack.up(program("after"));
    if (!ran.ok) throw new Error(ran.printed);
    for (const [number, one] of REPLACEMENTS.entries()) {
      const place = places[number];
      if (place === undefined) continue;
      replaced.set(one, {
        before: before[number] ?? [],
        refused: refused[number] ?? [],
        ofRefused: ofRefused[number] ?? [],
        after: await ids(place),
        acted: await acted(place),
      });
    }
    expect(Object.keys((await stack.preview(program("after"))).changes)).toEqual(["same"]);
  } finally {
    await stack.remove();
  }
});

async function ids({ region, group, other }: Place): Promise<string[]> {
  const there = await Promise.all([group, other].map((one) => declaredRules(one, region)));
  return there.flat().map(({ SecurityGroupRuleId = "" }) => SecurityGroupRuleId);
}

async function acted({ region }: Place): Promise<string[]> {
  const calls = (await endpoint.calls()).filter((call) => call.region === region);
  const changes = calls.flatMap(({ action, acted }) =>
    acted !== undefined && /^(Authorize|Revoke)/.test(action) ? [{ action, acted }] : [],
  );
  const inOrder = changes.sort((one, other) => one.acted - other.acted).map(({ action }) => action);
  return inOrder.map((action) => action.replace("SecurityGroupEgress", ""));
}

describe.each(REPLACEMENTS)("$what", (replacement) => {
  const of = () => {
    const found = replaced.get(replacement);
    if (found === undefined) throw new Error("it was not run");
    return found;
  };

  test("authorizes the new rules before it revokes the old ones", () => {
    const { before, after, acted } = of();
    expect(acted.join(" ")).toMatch(/^(Authorize )+(Revoke ?)+$/);
    expect(after).toHaveLength(replacement.count);
    expect(after.filter((id) => before.includes(id))).toEqual([]);
  });

  test("stays unchanged if EC2 refuses the new rules", () => {
    const { before, refused, ofRefused } = of();
    expect(before).toHaveLength(replacement.count);
    expect(refused).toEqual(before);
    expect(ofRefused).not.toContain("Revoke");
  });
});
