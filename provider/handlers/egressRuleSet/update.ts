import type { Host } from "../host";
import { PartialFailure } from "../partialFailure";
import { readSetInputs } from "./inputs";
import { Interrupted, reconcile } from "./reconcile";
import { readSetState } from "./state";

/** Brings the rules to what is declared; those that stay the same keep their ids. */
export async function update(host: Host, id: string, oldProps: unknown, newProps: unknown) {
  const olds = readSetState(oldProps);
  const news = readSetInputs(newProps);
  try {
    const state = await reconcile(host.target(olds.region), news, olds, host.settings().rulesPerGroup);
    return { outs: { ...state } };
  } catch (error) {
    throw error instanceof Interrupted ? new PartialFailure(error, id, error.state, newProps) : error;
  }
}
