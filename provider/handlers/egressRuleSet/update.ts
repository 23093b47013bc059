import type { Host } from "../host";
import { PartialFailure } from "../partialFailure";
import { readSetInputs } from "./inputs";
import { reconcile } from "./reconcile";
import { readSetState } from "./state";
import { tellChanged } from "./tellChange";

/** Updates the rules to the declared ones; unchanged rules keep their ids. */
export async function update(host: Host, id: string, oldProps: unknown, newProps: unknown) {
  const olds = readSetState(oldProps, host.settings().ignoredTags);
  const news = readSetInputs(newProps);
  const { state, error, adopted } = await reconcile(host, news, olds);
  tellChanged(host, news, olds, state, adopted);
  if (error) throw new PartialFailure(error, id, state, newProps);
  return { outs: { ...state } };
}
