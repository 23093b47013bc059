export const STRANGERS = ["revoke", "report", "refuse"] as const;

/** What becomes of strangers, which are rules of a set's group that the set does not declare. */
export type Strangers = (typeof STRANGERS)[number];

/** What a set says of strangers, in full or in short, as it may be given. */
interface ToStrangers {
  /** Short for revoking those that no controller keeps. */
  readonly exclusive?: unknown;
  readonly strangers?: unknown;
}

/** Whether nothing is to leave a set's group but what the set declares. */
export function hasGroupToItself(said: ToStrangers): boolean {
  return revokesStrangers(said) || said.strangers === "refuse";
}

/** Whether a set revokes strangers, and so shows them as a change to come. */
export function revokesStrangers({ exclusive, strangers }: ToStrangers): boolean {
  return exclusive === true || strangers === "revoke";
}

/** Whether a set leaves strangers as they are, and names them whenever it looks. */
export function namesStrangers({ strangers }: ToStrangers): boolean {
  return strangers === "report" || strangers === "refuse";
}
