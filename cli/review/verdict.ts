export const VERDICTS = ["widens", "narrows", "widens and narrows", "no change", "unknown"] as const;

export type Verdict = (typeof VERDICTS)[number];

/** The input for a verdict: whether anything opens or closes, and whether rules are unknown before or after. */
export interface Evidence {
  readonly opens: boolean;
  readonly closes: boolean;
  readonly unknownBefore: boolean;
  readonly unknownAfter: boolean;
}

/**
 * The verdict on one group.
 *
 * Unknown rules cannot undo what opens. But what closes is certain only if all rules after the change are known,
 * because an unknown rule may still allow it.
 */
export function verdictOf({ opens, closes, unknownBefore, unknownAfter }: Evidence): Verdict {
  const narrows = closes && !unknownAfter;
  if (opens) return narrows ? "widens and narrows" : "widens";
  if (narrows) return "narrows";
  return unknownBefore || unknownAfter ? "unknown" : "no change";
}

/** The verdict on a program, from those on its groups. */
export function verdictOfAll(verdicts: readonly Verdict[]): Verdict {
  const widens = verdicts.some(isWidening);
  const narrows = verdicts.some(isNarrowing);
  if (widens) return narrows ? "widens and narrows" : "widens";
  if (verdicts.includes("unknown")) return "unknown";
  return narrows ? "narrows" : "no change";
}

export function isWidening(verdict: Verdict): boolean {
  return verdict === "widens" || verdict === "widens and narrows";
}

export function isNarrowing(verdict: Verdict): boolean {
  return verdict === "narrows" || verdict === "widens and narrows";
}
