import type * as dynamic from "@pulumi/pulumi/dynamic";
import { discreet } from "../discreet";
import { type SharedHost, sharedHost } from "../host";
import { check } from "./check";
import { create } from "./create";
import { remove } from "./delete";
import { diff } from "./diff";
import { read } from "./read";
import { update } from "./update";

/** The verbs of `EgressRule`; by default with their own configuration. */
export function makeEgressRule({ configure, host }: SharedHost = sharedHost()): dynamic.ResourceProvider {
  return {
    // Await nothing here: the engine may call a verb before an awaiting `configure` has finished.
    configure: async ({ config }) => {
      configure((key) => config.get(key));
    },
    ...discreet({
      check: (olds, news, secrets) => check(host(), olds, news, secrets),
      diff: (id, olds, news) => diff(host(), id, olds, news),
      create: (inputs) => create(host(), inputs),
      read: (id, props) => read(host(), id, props),
      update: (id, olds, news) => update(host(), id, olds, news),
      delete: (id, props) => remove(host(), id, props),
    }),
  };
}
