import type * as dynamic from "@pulumi/pulumi/dynamic";
import { type Host, hostOf } from "../host";
import { check } from "./check";
import { create } from "./create";
import { remove } from "./delete";
import { diff } from "./diff";
import { read } from "./read";
import { update } from "./update";

/** The verbs of `EgressRuleSet`, on plain data. */
export const egressRuleSet: dynamic.ResourceProvider = makeEgressRuleSet();

/** A handler with a configuration of its own. */
export function makeEgressRuleSet(): dynamic.ResourceProvider {
  let host: Host = hostOf(() => undefined);
  return {
    // Nothing is awaited here: the engine may call a verb before an awaiting `configure` has ended.
    configure: async ({ config }) => {
      host = hostOf((key) => config.get(key));
    },
    check: (_olds: unknown, news: unknown) => check(host, news),
    diff: (id, olds: unknown, news: unknown) => diff(host, id, olds, news),
    create: (inputs: unknown) => create(host, inputs),
    read: (id, props: unknown) => read(host, id, props),
    update: (id, olds: unknown, news: unknown) => update(host, id, olds, news),
    delete: (id, props: unknown) => remove(host, id, props),
  };
}
