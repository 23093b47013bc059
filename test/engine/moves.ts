import * as pulumi from "@pulumi/pulumi";
import { EgressRule, EgressRuleSet, type EgressRuleSetArgs, type SetRuleArgs } from "../../index";

/** A rule that moves to another resource of the program, without `aliases`. */
export interface Move {
  readonly what: string;
  readonly before: Declare;
  readonly after: Declare;
  /** Whether the new resource takes over an unclaimed rule without `adopt`. */
  readonly isUnasked?: true;
  /** Whether the new resource shares the old one's claim, since one run made both: then none is written. */
  readonly isOfOneClaim?: true;
}

/** Where a rule moves: a group in its own Region, whose name its resources contain. */
export interface Place {
  readonly region: string;
  readonly group: string;
}

type Declare = (place: Place, adopt: boolean) => pulumi.Resource;

/** The port of the rule that moves. */
export const MOVED_PORT = 443;

const tcp = (port: number): SetRuleArgs => ({
  ipProtocol: "tcp",
  fromPort: port,
  toPort: port,
  cidrIpv4: "10.0.0.0/16",
});
const [MOVED, OTHER, THIRD] = [tcp(MOVED_PORT), tcp(80), tcp(22)];

class Team extends pulumi.ComponentResource {
  constructor(name: string) {
    super("shop:index:Team", name);
  }

  // It has none, and the engine of a killed run would reject promises that no one awaits.
  protected override registerOutputs(): void {}
}

const rule =
  (name: string, inTeam = false): Declare =>
  ({ region, group: securityGroupId }, adopt) => {
    const options = inTeam ? { parent: new Team(`${region}-team`) } : {};
    return new EgressRule(`${region}-${name}`, { securityGroupId, region, ...MOVED, adopt }, options);
  };

const set =
  (
    name: string,
    rules: readonly SetRuleArgs[],
    more: Partial<EgressRuleSetArgs> = {},
    after?: Declare,
  ): Declare =>
  (place, adopt) => {
    const { region, group: securityGroupId } = place;
    const dependsOn = after ? [after(place, adopt)] : [];
    const args = { securityGroupId, region, rules, adopt, ...more };
    return new EgressRuleSet(`${region}-${name}`, args, { dependsOn });
  };

const both =
  (one: Declare, other: Declare): Declare =>
  (place, adopt) => {
    one(place, adopt);
    return other(place, adopt);
  };

export const MOVES: readonly Move[] = [
  { what: "a rule is renamed", before: rule("old"), after: rule("new") },
  { what: "a rule moves under a component", before: rule("same"), after: rule("same", true) },
  {
    what: "a rule moves out of a component",
    before: rule("same", true),
    after: both(({ region }) => new Team(`${region}-team`), rule("same")),
  },
  { what: "a rule moves into a new set", before: rule("rule"), after: set("set", [MOVED]) },
  {
    what: "a rule moves into a new exclusive set",
    before: rule("rule"),
    after: set("set", [MOVED], { exclusive: true }),
    isUnasked: true,
  },
  {
    what: "a rule moves into an existing set",
    before: both(rule("rule"), set("set", [OTHER])),
    after: set("set", [OTHER, MOVED]),
    isOfOneClaim: true,
  },
  {
    what: "a rule moves out of a deleted set",
    before: set("set", [MOVED]),
    after: rule("rule"),
  },
  {
    what: "a rule moves out of a set that waits for it",
    before: set("set", [OTHER, MOVED]),
    after: set("set", [OTHER], {}, rule("rule")),
  },
  {
    what: "a rule moves out of a set that does not wait for it",
    before: set("set", [OTHER, MOVED]),
    after: both(rule("rule"), set("set", [OTHER])),
  },
  {
    what: "a rule moves out of a set that the program declares first",
    before: set("set", [OTHER, MOVED]),
    after: both(set("set", [OTHER]), rule("rule")),
  },
  {
    what: "a rule moves out of a set that gets another one instead",
    before: set("set", [MOVED]),
    after: both(rule("rule"), set("set", [OTHER])),
  },
  {
    what: "a rule moves from one set to another",
    before: both(set("one", [OTHER, MOVED]), set("other", [THIRD])),
    after: both(set("one", [OTHER]), set("other", [THIRD, MOVED])),
    isOfOneClaim: true,
  },
  { what: "a set is renamed", before: set("old", [MOVED]), after: set("new", [MOVED]) },
];
