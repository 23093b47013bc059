import type { Host } from "../host";
import { PartialFailure } from "../partialFailure";
import { readSetInputs } from "./inputs";
import { reconcile } from "./reconcile";
import { readSetState } from "./state";

/** Brings the rules to what is declared; those that stay the same keep their ids. */
export async function update(host: Host, id: string, oldProps: unknown, newProps: unknown) {
  const { state, error } = await reconcile(
    host,
    readSetInputs(newProps),
    readSetState(oldProps, host.settings().ignoredTags),
  );
  if (error) throw new PartialFailure(error, id, state, newProps);
  return { outs: { ...state } };
}
