export const VERDICTS = ["widens", "narrows", "widens and narrows", "no change", "unknown"] as const;

export type Verdict = (typeof VERDICTS)[number];

/** What decides: whether anything opens or closes, and whether there is more at either time that is not known. */
export interface Evidence {
  readonly opens: boolean;
  readonly closes: boolean;
  readonly unknownBefore: boolean;
  readonly unknownAfter: boolean;
}

/**
 * The verdict on one group.
 *
 * What is known to open is said to, whatever else there is. What closes is sure only where all that is let out
 * after is known: what is not may let it out again.
 */
export function verdictOf({ opens, closes, unknownBefore, unknownAfter }: Evidence): Verdict {
  const narrows = closes && !unknownAfter;
  if (opens) return narrows ? "widens and narrows" : "widens";
  if (narrows) return "narrows";
  return unknownBefore || unknownAfter ? "unknown" : "no change";
}

/** The verdict on a program: what any of its groups does. */
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
