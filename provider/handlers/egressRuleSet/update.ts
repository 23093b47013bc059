import type { Host } from "../host";
import { PartialFailure } from "../partialFailure";
import { readSetInputs, readSetState } from "./inputs";
import { Interrupted, reconcile } from "./reconcile";

/** Brings the rules to what is declared; those that stay the same keep their ids. */
export async function update(host: Host, id: string, oldProps: unknown, newProps: unknown) {
  const olds = readSetState(oldProps);
  const news = readSetInputs(newProps);
  const before = { ids: Object.values(olds.ruleIds), owner: olds.owner };
  // What is held is on the rules still where no mark is declared any more.
  const inputs = { ...news, ...(news.owner === undefined && olds.owner ? { owner: olds.owner } : {}) };
  try {
    const quota = host.settings().rulesPerGroup;
    return { outs: { ...(await reconcile(host.target(olds.region), inputs, before, quota)) } };
  } catch (error) {
    throw error instanceof Interrupted ? new PartialFailure(error, id, error.state, newProps) : error;
  }
}
