/** What is not tried, as the package does not do right by it yet; to be switched to false as soon as it does. */
export const LEFT_OUT = {
  /** Two resources that trade their rules in one `up`: where both are replaced and it is cut off, the next `up` fails. */
  trades: false,
  /** Reads that are behind in the next command too: a delete that believes them orphans its rule. */
  staleRetries: false,
  /** A default tag that a person takes from a rule of a set: a refresh does not see that it is gone. */
  defaultTagsOfSets: false,
  /**
   * A rule that leaves a set which stays, and goes on as a single one, in one `up`: where the set has looked at the
   * group before the other takes the rule, it revokes it afterwards.
   */
  movesOutOfSets: false,
};
