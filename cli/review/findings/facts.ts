import type { GroupChange, UnknownRule } from "../../program/model";
import type { Content } from "../content";
import type { Piece } from "../piece";
import type { Place } from "../place";
import type { Quota } from "../quota";

/** What findings are made from: one group, its rules, and what of its reach changes. */
export interface Facts {
  readonly change: GroupChange;
  readonly before: Content;
  readonly after: Content;
  readonly places: readonly Place[];
  readonly opens: readonly Piece[];
  readonly closes: readonly Piece[];
  readonly isCloseSure: boolean;
  /** What is not known at either time, each once. */
  readonly unknown: readonly UnknownRule[];
  readonly quota: Quota;
}
