import type { GroupChange, UnknownRule } from "../../program/model";
import type { Content } from "../content";
import type { Piece } from "../piece";
import type { Place } from "../place";
import type { Quota } from "../quota";

/** The input for findings: one group, its rules, and the change to what it can reach. */
export interface Facts {
  readonly change: GroupChange;
  readonly before: Content;
  readonly after: Content;
  readonly places: readonly Place[];
  readonly opens: readonly Piece[];
  readonly closes: readonly Piece[];
  readonly isCloseSure: boolean;
  /** The rules that are unknown before or after the change, each once. */
  readonly unknown: readonly UnknownRule[];
  readonly quota: Quota;
}
