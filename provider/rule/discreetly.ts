import { printable } from "./printable";

type Hush = (text: string) => string;

/** How each running verb redacts its secrets. */
const underWay = new Set<Hush>();

/**
 * Makes a text safe for the terminal: printable, and without the secrets of any running verb.
 *
 * It redacts the secrets of every verb, because one request may concern many rules, and so may EC2's answer.
 */
export function discreetly(text: string): string {
  return printable([...underWay].reduce((said, hush) => hush(said), text));
}

/** Runs a verb, and redacts its secrets from every message meanwhile. */
export async function keepingSecret<T>(hush: Hush, run: () => Promise<T>): Promise<T> {
  underWay.add(hush);
  try {
    return await run();
  } finally {
    underWay.delete(hush);
  }
}
