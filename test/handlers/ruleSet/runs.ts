import { checked, errorOf, type Handler, PROVIDER_LINE, type Props, type Resource } from "../handler";

/** A resource as the engine keeps it: after a partial failure with its reason, which makes the next `up` update it. */
export interface Kept extends Resource {
  readonly failed?: string;
}

/** The result of an `up`. */
export interface Ran {
  readonly kept: Kept | undefined;
  readonly error: string | undefined;
}

/** What `up` does with a resource: creates it, updates it if needed, and keeps the state of a partial failure. */
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

/** How the engine reads an error: one with an id carries the state reached, which must be complete. */
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
