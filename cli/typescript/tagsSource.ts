import type { Tags } from "../../provider/rule/tags";
import type { WarningKind } from "../../provider/rule/warnings";
import { array, type Expression } from "./expression";
import { text, wideText } from "./literal";

/** Tags as an object; undefined if there are none. */
export function tagsSource(tags: Tags = {}): Expression | undefined {
  const properties = Object.entries(tags).map(([key, value]) => ({ key, value: wideText(value) }));
  return properties.length === 0 ? undefined : { kind: "object", properties };
}

export function silenceSource(silence: readonly WarningKind[] = []): Expression | undefined {
  return silence.length === 0 ? undefined : array(silence.map(text));
}
