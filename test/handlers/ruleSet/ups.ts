import type { Endpoint } from "../../ec2/endpoint";
import { checked, type Props } from "../handler";
import { type Kept, up } from "./runs";
import { bothAt } from "./sets";

/** The resources of a stack, by their names. */
export type Stack = ReadonlyMap<string, Kept>;

/** The arguments of a program's resources, by their names: those of sets have `rules`. */
export type Program = { readonly [name: string]: Props };

export interface Up {
  readonly stack: Stack;
  /** The failures. */
  readonly errors: readonly string[];
}

export interface How {
  /** The names of resources that a forced replacement hits. */
  readonly replace?: readonly string[];
  /** Whether each is checked before the first is created or updated. */
  readonly checksFirst?: boolean;
}

/**
 * Runs `pulumi up --continue-on-error`: the program's resources in turn, and then the deletes of removed and replaced
 * ones.
 */
export async function upAll(
  { url }: Pick<Endpoint, "url">,
  before: Stack,
  program: Program,
  { replace = [], checksFirst = true }: How = {},
): Promise<Up> {
  const run = bothAt({ url });
  const handlerOf = (props: Props) => ("rules" in props ? run.sets : run.rules);
  const said = Object.entries(program).map(([name, args]) => {
    const __program = { urn: `urn:pulumi:test::shop::${name}`, silence: [] };
    return { name, args: { ...args, __program } };
  });
  if (checksFirst)
    for (const { name, args } of said) await checked(handlerOf(args), args, before.get(name)?.inputs);

  const after = new Map(before);
  const going = [...before].filter(([name]) => !Object.hasOwn(program, name));
  const errors: string[] = [];
  for (const { name, args } of said) {
    const old = before.get(name);
    const isReplaced = old !== undefined && replace.includes(name);
    const { kept, error } = await up(handlerOf(args), isReplaced ? undefined : old, args);
    if (kept) after.set(name, kept);
    if (isReplaced && kept) going.push([`${name}, replaced`, old]);
    if (error !== undefined) errors.push(error);
  }
  for (const [name, { id, outs }] of going) {
    await handlerOf(outs).delete(id, outs);
    after.delete(name);
  }
  return { stack: after, errors };
}
