import { ALL_PROTOCOLS } from "../../../provider/rule/protocol";

/** A protocol that some rule names, or `OTHERS`. */
export type Atom = string;

/** All protocols that no rule names. A rule can only allow them together. */
export const OTHERS: Atom = "others";

/** The protocol field of an IP packet has eight bits. */
const PROTOCOL_COUNT = 256;

/** Divides all protocols into those that rules name, and the rest. */
export function atomsOf(rules: Iterable<{ readonly protocol: string }>): Atom[] {
  const named = new Set<Atom>();
  for (const { protocol } of rules) if (protocol !== ALL_PROTOCOLS) named.add(protocol);
  const atoms = [...named].sort();
  return atoms.length < PROTOCOL_COUNT ? [...atoms, OTHERS] : atoms;
}

/** Whether a rule for that protocol allows the atom. */
export function includesAtom(protocol: string, atom: Atom): boolean {
  return protocol === ALL_PROTOCOLS || protocol === atom;
}
