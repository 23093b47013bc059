import type { Found, FoundGroup } from "../aws/found";
import { constantNames } from "../typescript/constantNames";
import type { SourceDeclaration, SourceProgram } from "../typescript/source";
import { declarationOf, type Wishes } from "./declarationOf";

export interface ProgramOf {
  readonly program: SourceProgram;
  /** Notes outside of the program, one on each line. */
  readonly notes: readonly string[];
}

/** The program that takes over the existing rules. */
export function programOf(found: Found, wishes: Wishes, fromConfig: boolean): ProgramOf {
  const names = namesIn(found);
  const resourceNames = resourceNamesOf(found);
  const written = found.groups.map((group) => ({
    group,
    ...declarationOf(group, resourceNames.get(group.id) ?? group.id, found, wishes),
  }));
  const isEmpty = (declaration: SourceDeclaration) =>
    (declaration.as === "rules" && declaration.rules.length === 0) ||
    (declaration.as === "components" && declaration.intents.length === 0);
  const [empty, declarations] = [true, false].map((which) =>
    written.filter(({ declaration }) => isEmpty(declaration) === which),
  );
  const settings = fromConfig ? [...names].map(([id, name]) => `pulumi config set ${name} ${id}`) : [];
  const comment = [
    ...TOP_COMMENT,
    ...(hasBlank(written) ? ['A description of "" stands for rules that have none.'] : []),
    ...(empty ?? []).flatMap(({ group, notes }) => ["", `${group.id} has no rules to declare.`, ...notes]),
    ...(settings.length > 0 ? ["", "Set the ids of its groups in the stack configuration:"] : []),
    ...settings.map((line) => `  ${line}`),
  ];
  return {
    program: {
      comment,
      names,
      fromConfig,
      declarations: (declarations ?? []).map(({ declaration }) => declaration),
    },
    notes: [
      ...found.gaps,
      ...written.flatMap(({ group, notes }) => notes.map((note) => `${group.id}: ${note}`)),
      ...settings.map((line) => `Before pulumi up: ${line}`),
    ],
  };
}

const TOP_COMMENT = ["The rules that `pulumi-aws-egress generate` found: `pulumi up` adopts them unchanged."];

/** Whether any intent has an explicitly empty description, which replaces the default one of its service. */
function hasBlank(written: readonly { readonly declaration: SourceDeclaration }[]): boolean {
  return written.some(
    ({ declaration }) =>
      "intents" in declaration && declaration.intents.some(({ description }) => description === ""),
  );
}

/** The constants of a program: its own groups, and the destination groups whose name is known. */
function namesIn({ groups, groupNames }: Found): ReadonlyMap<string, string> {
  const own = groups.map(({ id }, place): [string, string] => [
    id,
    groupNames.get(id) ?? (groups.length === 1 ? "security group" : `security group ${place + 1}`),
  ]);
  const referenced = new Set(groups.flatMap(({ rules }) => rules.flatMap(referencedGroup)));
  return constantNames(new Map([...own, ...[...groupNames].filter(([id]) => referenced.has(id))]));
}

function referencedGroup({ inputs }: FoundGroup["rules"][number]): string[] {
  const { referencedSecurityGroupId: id, referencedSecurityGroupOwnerId: owner } = inputs;
  return id === undefined || owner !== undefined ? [] : [id];
}

/** Resource names for groups. They contain the id if the group's name is unknown or not unique. */
function resourceNamesOf({ groups, groupNames }: Found): ReadonlyMap<string, string> {
  const called = groups.map(({ id }) => [id, groupNames.get(id)?.replace(/[^\w.-]+/g, "-")] as const);
  const isShared = (name: string) => called.filter(([, other]) => other === name).length > 1;
  return new Map(
    called.map(([id, name]) => [
      id,
      name === undefined || name === "" ? id : isShared(name) ? `${name}-${id}` : name,
    ]),
  );
}
