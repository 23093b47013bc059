import type { Host } from "../host";
import { PartialFailure } from "../partialFailure";
import { readSetInputs } from "./inputs";
import { Interrupted, reconcile } from "./reconcile";

/** Makes the rules, and takes over those that are there and may be. The set goes by the id of its group. */
export async function create(host: Host, props: unknown) {
  const inputs = readSetInputs(props);
  const id = inputs.securityGroupId;
  try {
    const before = { ids: [], owner: undefined };
    const quota = host.settings().rulesPerGroup;
    const state = await reconcile(host.target(inputs.region), inputs, before, quota);
    return { id, outs: { ...state } };
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    const isUntouched = Object.keys(error.state.ruleIds).length === 0;
    throw isUntouched ? error : new PartialFailure(error, id, error.state, props);
  }
}
