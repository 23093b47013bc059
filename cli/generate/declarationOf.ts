import type { Port } from "../../components/port";
import { type RuleInputs, ruleOf } from "../../provider/rule/rule";
import { isUnknown } from "../../provider/rule/unknown";
import { type Found, type FoundGroup, type FoundRule, textOf } from "../aws/found";
import { InputError } from "../program/inputError";
import { intentsOf } from "../typescript/intentsOf";
import type { SourceDeclaration, SourceDestination, SourceRule } from "../typescript/source";
import { keptRules } from "./kept";

export const FORMS = ["policy", "set", "rules", "components"] as const;

/** The form in which a program declares the rules of a group. */
export type Form = (typeof FORMS)[number];

/** Options for the program. */
export interface Wishes {
  readonly as: Form;
  readonly exclusive: boolean;
  readonly tighten: boolean;
  readonly region?: string;
}

/** The declaration for one group, and the notes on it. */
export function declarationOf(
  group: FoundGroup,
  name: string,
  { listNames }: Pick<Found, "listNames">,
  { as, exclusive, tighten, region }: Wishes,
): { readonly declaration: SourceDeclaration; readonly notes: readonly string[] } {
  const { rules: kept, open, notes: ofRules, isWhole } = keptRules(group, tighten);
  const isAlone = exclusive && isWhole;
  const rules = kept.map((rule) => sourceRule(rule, listNames));
  const shared = as === "policy" ? sharedTags(kept) : undefined;
  const isMixed =
    as === "policy" && shared === undefined && kept.some(({ tags }) => Object.keys(tags).length > 0);
  const becomes = isAlone ? "revoked" : "kept in EC2";
  const notes = [
    ...open.map((rule) => `Left out, and so ${becomes}, because it allows all traffic: ${textOf(rule)}.`),
    ...ofRules,
    ...(exclusive && !isWhole ? [NOT_ALONE] : []),
    ...(isMixed ? [MIXED] : []),
  ];
  const common = {
    name,
    group: group.id,
    adopt: true,
    exclusive: isAlone,
    ...(region !== undefined && { region }),
    comment: notes,
  };
  if (as === "components") return { declaration: { ...common, as, intents: intentsOf(rules) }, notes };
  if (as === "policy" && !isMixed) {
    const intents = intentsOf(rules.map(({ tags: _, ...rule }) => rule));
    return { declaration: { ...common, as, intents, ...(shared && { tags: shared }) }, notes };
  }
  return { declaration: { ...common, as: as === "rules" ? as : "set", rules }, notes };
}

const NOT_ALONE = "Not exclusive, because an exclusive program would revoke the rules left out, or fail.";
const MIXED = "A set, because the rules have different tags, which the intents of a policy cannot have.";

/** The tags of all rules, if they are the same for each. */
function sharedTags(rules: readonly FoundRule[]) {
  const [first, ...others] = rules.map(({ tags }) => tags);
  if (first === undefined || Object.keys(first).length === 0) return undefined;
  return others.every((tags) => JSON.stringify(tags) === JSON.stringify(first)) ? first : undefined;
}

function sourceRule({ id, inputs, tags }: FoundRule, listNames: ReadonlyMap<string, string>): SourceRule {
  const { description } = inputs;
  return {
    port: portOf(id, inputs),
    to: destinationOf(id, inputs, listNames),
    ...(description !== undefined && { description }),
    ...(Object.keys(tags).length > 0 && { tags }),
  };
}

function portOf(id: string, inputs: RuleInputs): Port {
  const { protocol, ports } = ruleOf(inputs);
  if (ports === undefined) return { protocol };
  if (isUnknown(ports.from) || isUnknown(ports.to)) throw new InputError(`${id} has unknown ports`);
  return { protocol, fromPort: ports.from, toPort: ports.to };
}

function destinationOf(
  id: string,
  inputs: RuleInputs,
  listNames: ReadonlyMap<string, string>,
): SourceDestination {
  const { destination } = ruleOf(inputs);
  if (destination === undefined) throw new InputError(`${id} has no destination`);
  const ownerId = inputs.referencedSecurityGroupOwnerId;
  const listName = destination.kind === "prefixList" ? listNames.get(destination.value) : undefined;
  return {
    ...destination,
    ...(ownerId !== undefined && { ownerId }),
    ...(listName !== undefined && { listName }),
  };
}
