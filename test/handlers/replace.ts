import { checked, type Handler, PROVIDER_LINE, type Props, type Resource } from "./handler";

/** A resource whose rule changes: what `up` knows before it creates the new one. */
export interface Replacement {
  readonly before: Resource;
  readonly inputs: Props;
  /** The reasons for the replacement in the diff. */
  readonly replaces: readonly string[];
}

/** The first part of `up` for a resource that declares another rule: check and diff. */
export async function replacement(handler: Handler, before: Resource, args: Props): Promise<Replacement> {
  const inputs = await checked(handler, args, before.inputs);
  const { changes, replaces } = await handler.diff(before.id, before.outs, inputs);
  expect(changes).toBe(true);
  expect(replaces).not.toEqual([]);
  return { before, inputs, replaces };
}

/** The next part of `up`: it creates the new rule. */
export async function makeNew(handler: Handler, { inputs }: Replacement): Promise<Resource> {
  const { id, outs } = await handler.create(inputs);
  return { id, inputs, outs: { ...outs, __provider: PROVIDER_LINE } };
}

/** The whole `up`: the old rule goes once the new one exists. */
export async function replace(handler: Handler, before: Resource, args: Props): Promise<Resource> {
  const after = await makeNew(handler, await replacement(handler, before, args));
  await handler.delete(before.id, before.outs);
  return after;
}
