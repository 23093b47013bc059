import { join } from "node:path";
import type { WrittenProgram } from "../test/engine/stack";
import { spellingOf } from "../test/rule/spellings";
import type { Random } from "./random";
import type { SoakRule } from "./rules";
import type { Resource } from "./world";

/** How a resource is declared in one step, apart from its identity. */
export interface Declared {
  /** `true` for an unclaimed rule, and the id for one that another stack claims. */
  readonly adopt?: true | string;
  /** Its former name. */
  readonly alias?: string;
}

/** A program of these resources, in any order and spelling. */
export function programOf(
  random: Random,
  resources: ReadonlyMap<string, Resource>,
  declared: ReadonlyMap<string, Declared>,
): WrittenProgram {
  const said = random.shuffled([...resources]).map(([name, resource]) => {
    // It does no harm if there is nothing to take over.
    const { adopt, alias }: Declared = declared.get(name) ?? (random.chance(0.1) ? { adopt: true } : {});
    return { kind: resource.kind, name, alias, args: argsOf(random, resource, adopt) };
  });
  return { main: MAIN, json: JSON.stringify(said) };
}

/** In a separate process: leftovers of a killed engine do not reach the next run. */
const MAIN = join(__dirname, "declare.js");

function argsOf(random: Random, resource: Resource, adopt: true | string | undefined): object {
  if (resource.kind === "single") return { ...spelled(random, resource.rules[0]), adopt };
  const { group: securityGroupId, exclusive, restoreDefault } = resource;
  const rules = resource.rules.map((rule) => {
    const { securityGroupId: _, ...args } = spelled(random, rule);
    return args;
  });
  const [again] = rules;
  return {
    securityGroupId,
    // A set: order and repetition do not matter.
    rules: random.shuffled(again && random.chance(0.1) ? [...rules, again] : rules),
    adopt: adopt === undefined ? undefined : true,
    exclusive: exclusive || random.pick([undefined, false]),
    ...(restoreDefault && { onDestroy: "restoreDefault" }),
  };
}

function spelled(random: Random, { model, description, tags }: SoakRule): { [name: string]: unknown } {
  const spelling = random.of(spellingOf(model));
  const { destination } = model;
  // The groups belong to one account.
  const group =
    destination.kind === "referencedSecurityGroupId"
      ? { referencedSecurityGroupId: destination.id, referencedSecurityGroupOwnerId: undefined }
      : {};
  const isBare = Object.keys(tags).length === 0;
  return {
    ...spelling,
    ...group,
    description: description ?? random.pick([undefined, null]),
    tags: isBare
      ? random.pick([undefined, null, {}])
      : Object.fromEntries(random.shuffled(Object.entries(tags))),
  };
}
