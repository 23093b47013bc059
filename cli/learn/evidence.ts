import type { LearnedRule } from "./policy";
import { BY_FLAGS, BY_PORTS, type Seen } from "./seen";
import { counted, destinationText, portText, someOf } from "./words";

const MOST_INTERFACES = 3;

/** The interfaces that something left by. */
export function whereText(seen: Seen, interfaces: readonly string[]): string {
  const ids = seen.interfaces.map((place) => interfaces[place] ?? "").sort();
  return someOf(ids, MOST_INTERFACES);
}

/** What rules open that was not seen, and on what it rests that the group began it. */
export function doubtTexts(rules: readonly LearnedRule[]): string[] {
  return [...rules.flatMap(openedText), ...guessTexts(rules)];
}

function openedText({ protocol, port, to, addresses, opens, notes }: LearnedRule): string[] {
  const name = `${portText(protocol, port)} to ${destinationText(to)}`;
  const opened =
    opens > 0n
      ? [
          `${counted(addresses, "address", "addresses")} with traffic, opens ${opens.toLocaleString("en-US")} without`,
        ]
      : [];
  return [...opened, ...notes].map((text) => `${name}: ${text}`);
}

const [BY_ITS_PORTS, BY_ITS_START] = [
  "the group initiated it, judging by its ports",
  "the group initiated it, because no inbound traffic preceded it",
];

/** Once for all of them where it is the same for all. */
function guessTexts(rules: readonly LearnedRule[]): string[] {
  const guessed = [BY_ITS_PORTS, BY_ITS_START].map((guess) => ({
    guess,
    texts: rules
      .filter(({ seen }) => guessOf(seen) === guess)
      .map(({ protocol, port, to }) => `${portText(protocol, port)} to ${destinationText(to)}`),
  }));
  return guessed.flatMap(({ guess, texts }) => {
    if (texts.length === 0) return [];
    return texts.length === rules.length ? [guess] : texts.map((text) => `${text}: ${guess}`);
  });
}

/** The flags of TCP need no telling. */
function guessOf({ by }: Seen): string | undefined {
  if ((by & BY_FLAGS) !== 0) return undefined;
  return (by & BY_PORTS) !== 0 ? BY_ITS_PORTS : BY_ITS_START;
}
