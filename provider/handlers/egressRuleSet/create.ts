import type { Host } from "../host";
import { PartialFailure } from "../partialFailure";
import { readSetInputs } from "./inputs";
import { reconcile } from "./reconcile";
import { tellChanged } from "./tellChange";

/** Creates the rules, and takes over existing ones if allowed. The id of the set is its group's id. */
export async function create(host: Host, props: unknown) {
  const inputs = readSetInputs(props);
  const id = inputs.securityGroupId;
  const { state, error, adopted } = await reconcile(host, inputs);
  tellChanged(host, inputs, undefined, state, adopted);
  if (error === undefined) return { id, outs: { ...state } };
  throw Object.keys(state.ruleIds).length === 0 ? error : new PartialFailure(error, id, state, props);
}
