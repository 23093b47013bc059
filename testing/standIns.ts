import type { Failure } from "../provider/rule/failure";
import { isGiven, type UnknownRecord } from "../provider/rule/record";
import type { RuleInputs } from "../provider/rule/rule";
import { isUnknown } from "../provider/rule/unknown";
import type { GivenOut } from "./givenOut";

/** The arguments of a rule, with EC2-style ids in place of the mocks' invented ones. */
export interface StandIns {
  readonly args: UnknownRecord;
  /** Puts the ids of the mocks back into canonical inputs. */
  readonly restored: <Inputs extends RuleInputs>(inputs: Inputs) => Inputs;
  /** Puts the ids of the mocks back into a failure. */
  readonly reworded: (failure: Failure) => Failure;
}

/** For each property with an id: a stand-in, and a pattern of values that cannot be such an id. */
const IDS = {
  securityGroupId: { standIn: "sg-fffffffffffffff01", foreign: /^(pl|sgr|vpc|subnet)-|^\d+\.|[/:\s]/ },
  referencedSecurityGroupId: {
    standIn: "sg-fffffffffffffff02",
    foreign: /^(pl|sgr|vpc|subnet)-|^\d+\.|[/:\s]/,
  },
  prefixListId: { standIn: "pl-fffffffffffffff03", foreign: /^(sg|sgr|vpc|subnet)-|^com\.|^\d+\.|[/:\s]/ },
} as const;

const ID_PROPERTIES = ["securityGroupId", "referencedSecurityGroupId", "prefixListId"] as const;

/** Replaces ids that only mocks return, such as `web-id`, so that check accepts them. */
export function withStandIns(given: UnknownRecord, test: GivenOut): StandIns {
  const args: { [property: string]: unknown } = { ...given };
  moveIds(args, test);
  const made = new Map<string, string>();
  for (const property of ID_PROPERTIES) {
    const { standIn, foreign } = IDS[property];
    const [account, id] = splitAccount(args[property], test);
    if (id === undefined || isRealId(id) || (foreign.test(id) && !test.isId(id))) continue;
    args[property] = `${account}${standIn}`;
    made.set(standIn, id);
  }
  const original = (id: string | undefined) => (id === undefined ? undefined : made.get(id)) ?? id;
  return {
    args,
    restored: (inputs) => {
      const ids = ID_PROPERTIES.flatMap((property) =>
        inputs[property] === undefined ? [] : [[property, original(inputs[property])]],
      );
      return { ...inputs, ...Object.fromEntries(ids) };
    },
    reworded: ({ property, reason }) => ({
      property,
      reason: [...made].reduce((text, [standIn, id]) => text.replaceAll(standIn, id), reason),
    }),
  };
}

/** Corrects the kind of a destination: a component takes the value of an Output for a CIDR unless it looks like an id. */
function moveIds(args: { [property: string]: unknown }, test: GivenOut): void {
  for (const property of ["cidrIpv4", "cidrIpv6"]) {
    const value = args[property];
    const kind = typeof value === "string" && !isUnknown(value) ? test.kindOf(value) : undefined;
    if (kind === undefined || isGiven(args[kind])) continue;
    args[kind] = value;
    delete args[property];
  }
}

function splitAccount(value: unknown, test: GivenOut): [account: string, id: string | undefined] {
  if (typeof value !== "string" || value === "" || isUnknown(value)) return ["", undefined];
  const [, account, id] = (!test.isId(value) && /^(\d{12}\/)(.+)$/.exec(value)) || [];
  return account === undefined || id === undefined ? ["", value] : [account, id];
}

function isRealId(text: string): boolean {
  return /^(sg|pl|sgr|vpc|subnet)-[0-9a-f]{8,17}$/.test(text);
}
