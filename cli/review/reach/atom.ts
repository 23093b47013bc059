import { ALL_PROTOCOLS } from "../../../provider/rule/protocol";

/** A protocol that some rule names, or all those that none names together. */
export type Atom = string;

/** The protocols that no rule names: they can only be let out together. */
export const OTHERS: Atom = "others";

/** An IP packet has eight bits for its protocol. */
const PROTOCOL_COUNT = 256;

/** What all protocols fall into where rules name some of them. */
export function atomsOf(rules: Iterable<{ readonly protocol: string }>): Atom[] {
  const named = new Set<Atom>();
  for (const { protocol } of rules) if (protocol !== ALL_PROTOCOLS) named.add(protocol);
  const atoms = [...named].sort();
  return atoms.length < PROTOCOL_COUNT ? [...atoms, OTHERS] : atoms;
}

/** Whether a rule of that protocol lets the atom out. */
export function includesAtom(protocol: string, atom: Atom): boolean {
  return protocol === ALL_PROTOCOLS || protocol === atom;
}
