import type { PulumiFn } from "@pulumi/pulumi/automation";
import { EgressRule, type EgressRuleArgs, EgressRuleSet, type EgressRuleSetArgs } from "../index";
import { spellingOf } from "../test/rule/spellings";
import type { Random } from "./random";
import type { SoakRule } from "./rules";
import type { Resource } from "./world";

/** How a resource is declared beside what it is, in one step. */
export interface Declared {
  /** For what carries no claim, and the id for what another stack claims. */
  readonly adopt?: true | string;
  /** The name that it had. */
  readonly alias?: string;
}

export interface Program {
  readonly run: PulumiFn;
  /** For a report of what was tried. */
  readonly text: string;
}

type Said =
  | { readonly kind: "single"; readonly name: string; readonly alias?: string; readonly args: EgressRuleArgs }
  | {
      readonly kind: "set";
      readonly name: string;
      readonly alias?: string;
      readonly args: EgressRuleSetArgs;
    };

/** A program of these resources, in some order and in some spelling. */
export function programOf(
  random: Random,
  resources: ReadonlyMap<string, Resource>,
  declared: ReadonlyMap<string, Declared>,
): Program {
  const said = random.shuffled([...resources]).map(([name, resource]) => {
    // Where there is nothing to take over, it does no harm.
    const { adopt, alias }: Declared = declared.get(name) ?? (random.chance(0.1) ? { adopt: true } : {});
    return { kind: resource.kind, name, alias, args: argsOf(random, resource, adopt) };
  });
  // As plain text, what was tried can be shown; and arguments in any spelling are what a program may say.
  const text = JSON.stringify(said);
  const program: readonly Said[] = JSON.parse(text);
  return { text, run: async () => program.forEach(declare) };
}

function declare(said: Said): void {
  const { name, alias } = said;
  const options = alias === undefined ? {} : { aliases: [{ name: alias }] };
  if (said.kind === "single") new EgressRule(name, said.args, options);
  else new EgressRuleSet(name, said.args, options);
}

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
  // The groups are of one account.
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
