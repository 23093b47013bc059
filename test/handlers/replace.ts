import { checked, type Handler, PROVIDER_LINE, type Props, type Resource } from "./handler";

/** A resource whose rule is to be another: what `up` has before it makes that one. */
export interface Replacement {
  readonly before: Resource;
  readonly inputs: Props;
  /** What the diff says that the replacement is for. */
  readonly replaces: readonly string[];
}

/** What `up` does first where a resource declares another rule: check and diff. */
export async function replacement(handler: Handler, before: Resource, args: Props): Promise<Replacement> {
  const inputs = await checked(handler, args, before.inputs);
  const { changes, replaces } = await handler.diff(before.id, before.outs, inputs);
  expect(changes).toBe(true);
  expect(replaces).not.toEqual([]);
  return { before, inputs, replaces };
}

/** What `up` does then: it makes the new rule. */
export async function makeNew(handler: Handler, { inputs }: Replacement): Promise<Resource> {
  const { id, outs } = await handler.create(inputs);
  return { id, inputs, outs: { ...outs, __provider: PROVIDER_LINE } };
}

/** All that `up` does: the old rule goes when the new one is there. */
export async function replace(handler: Handler, before: Resource, args: Props): Promise<Resource> {
  const after = await makeNew(handler, await replacement(handler, before, args));
  await handler.delete(before.id, before.outs);
  return after;
}
