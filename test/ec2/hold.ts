import type { Ask } from "./ask";
import { parseCall, type RecordedCall } from "./calls";
import type { Calls } from "./faults";

export interface Held extends Calls {
  /** Before it takes effect; such a call is dropped where its caller goes first. */
  before?: boolean;
}

/** A call that is held at its boundary; it goes on when it is released, or ends when its connection does. */
export interface Hold {
  /** The call, once it has come and is held: carried out with its answer held back, or not yet carried out. */
  reached(): Promise<RecordedCall>;
  /** Lets the call go on, or, if it has not come, lets it through when it does. */
  release(): Promise<void>;
  /** Why the call is held no longer, once that is so. */
  ended(): Promise<"released" | "gone">;
}

export async function holdAt(ask: Ask, held: Held): Promise<Hold> {
  const path = `/_holds/${await (await ask("POST", "/_holds", held)).json()}`;
  return {
    async reached() {
      const call: unknown = await (await ask("GET", `${path}/reached`)).json();
      if (call === null) {
        throw new Error(`No call reached the hold of ${held.action} before its release`);
      }
      return parseCall(call);
    },
    async release() {
      await ask("DELETE", path);
    },
    async ended() {
      const end: unknown = await (await ask("GET", `${path}/ended`)).json();
      return end === "gone" ? "gone" : "released";
    },
  };
}
