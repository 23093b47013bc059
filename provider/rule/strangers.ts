export const STRANGERS = ["revoke", "report", "refuse"] as const;

/** What happens to strangers: rules of a set's group that the set does not declare. */
export type Strangers = (typeof STRANGERS)[number];

/** What a set specifies about strangers, in full or in short, in any form that a program may give it. */
interface ToStrangers {
  /** Short for revoking strangers that no controller manages. */
  readonly exclusive?: unknown;
  readonly strangers?: unknown;
}

/** Whether a set's group may have only the rules that the set declares. */
export function hasGroupToItself(said: ToStrangers): boolean {
  return revokesStrangers(said) || said.strangers === "refuse";
}

/** Whether a set revokes strangers, and so shows them as a change. */
export function revokesStrangers({ exclusive, strangers }: ToStrangers): boolean {
  return exclusive === true || strangers === "revoke";
}

/** Whether a set leaves strangers in place, and names them at every look-up. */
export function namesStrangers({ strangers }: ToStrangers): boolean {
  return strangers === "report" || strangers === "refuse";
}
