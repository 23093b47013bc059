import type { ResourceProvider } from "@pulumi/pulumi/dynamic";
import { providerLine } from "../../provider/dynamic/providerLine";
import { makeEgressRule } from "../../provider/handlers/egressRule";
import type { Endpoint } from "../ec2/endpoint";

/** Data between the engine and a handler. */
export type Props = { readonly [name: string]: unknown };

/** A stack's configuration, by its keys. */
export type StackConfig = { readonly [key: string]: string };

/** The verbs as the engine calls them, with plain data in and out. */
export interface Handler {
  check(olds: Props, news: Props): Promise<Checked>;
  diff(id: string, olds: Props, news: Props): Promise<{ changes: boolean; replaces: string[] }>;
  create(inputs: Props): Promise<{ id: string; outs: Props }>;
  read(id: string, props: Props): Promise<{ id: string; props: Props; inputs?: Props }>;
  update(id: string, olds: Props, news: Props): Promise<{ outs: Props }>;
  delete(id: string, props: Props): Promise<void>;
}

export interface Checked {
  readonly inputs: Props;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

/** The line of code in state, which the engine adds to what handlers return. */
export const PROVIDER_LINE = providerLine("egressRule");

export function handlerOf(config: StackConfig, provider: ResourceProvider = makeEgressRule()): Handler {
  const { configure, check, diff, create, read, update, delete: remove } = provider;
  if (!configure || !check || !diff || !read || !update || !remove) throw new Error("A verb is missing");
  // Not awaited: the engine calls the verbs before that.
  void configure({ config: { get: (key) => config[key], require: (key) => config[key] ?? "" } });
  return {
    check: async (olds, news) => {
      const { inputs, failures = [] } = plain(await check(olds, news));
      return { inputs, failures };
    },
    diff: async (id, olds, news) => {
      const { changes, replaces } = plain(await diff(id, olds, news));
      if (changes === undefined) throw new Error("Without an answer the engine compares raw inputs itself");
      return { changes, replaces: replaces ?? [] };
    },
    create: async (inputs) => {
      const { id, outs } = plain(await create(inputs));
      return { id, outs };
    },
    read: async (id, props) => {
      const { id: found, props: state, ...rest } = plain(await read(id, props));
      if (found === undefined) throw new Error("Without an id the engine takes the rule for gone");
      return { id: found, props: state, ...rest };
    },
    update: async (id, olds, news) => {
      const { outs } = plain(await update(id, olds, news));
      return { outs };
    },
    delete: (id, props) => remove(id, props),
  };
}

/** A handler whose stack's configuration points to the endpoint. */
export function handlerAt({ url }: Pick<Endpoint, "url">, config: StackConfig = {}): Handler {
  return handlerOf({ ...configFor(url), ...config });
}

export function configFor(url: string): StackConfig {
  return {
    "aws:region": "us-east-1",
    "aws:accessKey": "testing",
    "aws:secretKey": "testing",
    "aws:endpoints": JSON.stringify([{ ec2: url, sts: url }]),
    "aws:maxRetries": "2",
  };
}

/**
 * Checks that a value is plain data without `undefined`, which would make the engine fail and lose what was created.
 */
export function plain<T>(value: T): T {
  expect(value).toStrictEqual(JSON.parse(JSON.stringify(value)));
  return value;
}

/** A rule as the engine keeps it in state. */
export interface Resource {
  readonly id: string;
  readonly inputs: Props;
  readonly outs: Props;
}

/** The inputs that check returns; fails if it refuses them. */
export async function checked(handler: Handler, args: Props, olds: Props = {}): Promise<Props> {
  const { inputs, failures } = await handler.check(olds, withLine(args));
  expect(failures).toEqual([]);
  return withLine(inputs);
}

/** What `up` does with a new resource. */
export async function make(handler: Handler, args: Props): Promise<Resource> {
  const inputs = await checked(handler, args);
  const { id, outs } = await handler.create(inputs);
  return { id, inputs, outs: withLine(outs) };
}

/** What `up` does with an existing resource: nothing, or an update, never a replacement. */
export async function change(handler: Handler, resource: Resource, args: Props): Promise<Resource> {
  const { id, outs } = resource;
  const inputs = await checked(handler, args, resource.inputs);
  const { changes, replaces } = await handler.diff(id, outs, inputs);
  expect(replaces).toEqual([]);
  if (!changes) return { id, inputs, outs };
  return { id, inputs, outs: withLine((await handler.update(id, outs, inputs)).outs) };
}

/** What `refresh` does: undefined if the rule is gone. */
export async function refresh(handler: Handler, { id, outs }: Resource): Promise<Resource | undefined> {
  const { id: found, props, inputs = {} } = await handler.read(id, outs);
  return found === "" ? undefined : { id: found, inputs: withLine(inputs), outs: withLine(props) };
}

/** With the line of code in state. */
export function withLine(props: Props): Props {
  return { ...props, __provider: PROVIDER_LINE };
}

/** The terminal output of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<string> {
  const error = await errorOf(call);
  expect(error).not.toHaveProperty("id");
  return error.message;
}

export async function errorOf(call: Promise<unknown>): Promise<Error> {
  const error: unknown = await call.then(
    (value) => new Error(`It did not fail: ${JSON.stringify(value)}`, { cause: "success" }),
    (reason) => reason,
  );
  if (!(error instanceof Error)) throw new Error(`Not an error: ${String(error)}`);
  if (error.cause === "success") throw error;
  return error;
}

/** The actions that an operation called, in EC2's order, and its result. */
export async function recorded<T>(
  endpoint: Endpoint,
  doing: () => Promise<T>,
): Promise<{ result: T; actions: string[] }> {
  await endpoint.reset();
  const result = await doing();
  return { result, actions: (await endpoint.calls()).map(({ action }) => action) };
}
