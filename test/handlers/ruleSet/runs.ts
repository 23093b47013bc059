import { checked, errorOf, type Handler, PROVIDER_LINE, type Props, type Resource } from "../handler";

/** A resource as the engine keeps it: after a failure half-way with the reason, for which the next `up` updates it. */
export interface Kept extends Resource {
  readonly failed?: string;
}

/** What an `up` has come to. */
export interface Ran {
  readonly kept: Kept | undefined;
  readonly error: string | undefined;
}

/** What `up` does with a resource: makes it, changes it if it has to, and keeps what a failure half-way tells. */
export async function up(handler: Handler, kept: Kept | undefined, args: Props): Promise<Ran> {
  const inputs = await checked(handler, args, kept?.inputs);
  if (kept && !kept.failed && !(await handler.diff(kept.id, kept.outs, inputs)).changes) {
    return { kept: { ...kept, inputs }, error: undefined };
  }
  const call: Promise<Resource> = kept
    ? handler
        .update(kept.id, kept.outs, inputs)
        .then(({ outs }) => ({ id: kept.id, inputs, outs: line(outs) }))
    : handler.create(inputs).then(({ id, outs }) => ({ id, inputs, outs: line(outs) }));
  return call.then(
    (done) => ({ kept: done, error: undefined }),
    async (reason) => failed(await errorOf(Promise.reject(reason)), kept, inputs),
  );
}

/** What the engine makes of an error: one with an id carries the state that was reached, and has to be whole. */
function failed(error: Error, kept: Kept | undefined, inputs: Props): Ran {
  if (!("id" in error)) return { kept, error: error.message };
  const { id, properties, reasons }: Props = { ...error };
  expect(reasons).toEqual([error.message]);
  expect(properties).toStrictEqual(JSON.parse(JSON.stringify(properties)));
  expect(properties).toMatchObject({ __provider: PROVIDER_LINE });
  return {
    kept: { id: String(id), inputs, outs: Object(properties), failed: error.message },
    error: error.message,
  };
}

function line(outs: Props): Props {
  return { ...outs, __provider: PROVIDER_LINE };
}
