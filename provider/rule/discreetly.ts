import { printable } from "./printable";

type Hush = (text: string) => string;

/** How each verb that is under way keeps its secrets. */
const underWay = new Set<Hush>();

/**
 * A text as it may be told at the terminal now: safe to print, and with nothing that is secret to a verb under way.
 *
 * To any of them, as one request may be for many rules, and EC2's words about each of these.
 */
export function discreetly(text: string): string {
  return printable([...underWay].reduce((said, hush) => hush(said), text));
}

/** Runs a verb, in whose time nothing is told that it keeps secret. */
export async function keepingSecret<T>(hush: Hush, run: () => Promise<T>): Promise<T> {
  underWay.add(hush);
  try {
    return await run();
  } finally {
    underWay.delete(hush);
  }
}
