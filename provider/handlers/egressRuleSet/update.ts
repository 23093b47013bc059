import { wanting } from "../../run/wanted";
import type { Host } from "../host";
import { PartialFailure } from "../partialFailure";
import { readSetInputs } from "./inputs";
import { Interrupted, reconcile } from "./reconcile";
import { readSetState } from "./state";
import { inputsOf } from "./wanted";

/** Brings the rules to what is declared; those that stay the same keep their ids. */
export async function update(host: Host, id: string, oldProps: unknown, newProps: unknown) {
  const olds = readSetState(oldProps);
  const news = readSetInputs(newProps);
  const target = host.target(olds.region);
  try {
    const state = await wanting(target.client, inputsOf(news), () =>
      reconcile(target, news, olds, host.settings().rulesPerGroup),
    );
    return { outs: { ...state } };
  } catch (error) {
    throw error instanceof Interrupted ? new PartialFailure(error, id, error.state, newProps) : error;
  }
}
