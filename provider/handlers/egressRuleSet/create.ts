import type { Host } from "../host";
import { PartialFailure } from "../partialFailure";
import { readSetInputs } from "./inputs";
import { reconcile } from "./reconcile";
import { tellChanged } from "./tellChange";

/** Makes the rules, and takes over those that are there and may be. The set goes by the id of its group. */
export async function create(host: Host, props: unknown) {
  const inputs = readSetInputs(props);
  const id = inputs.securityGroupId;
  const { state, error, adopted } = await reconcile(host, inputs);
  tellChanged(host, inputs, undefined, state, adopted);
  if (error === undefined) return { id, outs: { ...state } };
  throw Object.keys(state.ruleIds).length === 0 ? error : new PartialFailure(error, id, state, props);
}
