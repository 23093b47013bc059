import { noteSuccessor } from "../../run/successors";
import { wanting } from "../../run/wanted";
import type { Host } from "../host";
import { PartialFailure } from "../partialFailure";
import { readSetInputs } from "./inputs";
import { Interrupted, reconcile } from "./reconcile";
import { inputsOf } from "./wanted";

/** Makes the rules, and takes over those that are there and may be. The set goes by the id of its group. */
export async function create(host: Host, props: unknown) {
  const inputs = readSetInputs(props);
  const id = inputs.securityGroupId;
  const target = host.target(inputs.region);
  try {
    const state = await wanting(target.client, inputsOf(inputs), () =>
      reconcile(target, inputs, undefined, host.settings().rulesPerGroup),
    );
    noteSuccessor(target.client, id);
    return { id, outs: { ...state } };
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    const isUntouched = Object.keys(error.state.ruleIds).length === 0;
    throw isUntouched ? error : new PartialFailure(error, id, error.state, props);
  }
}
