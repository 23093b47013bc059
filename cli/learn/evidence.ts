import type { LearnedRule } from "./policy";
import { BY_FLAGS, BY_PORTS, type Seen } from "./seen";
import { counted, destinationText, portText, someOf } from "./words";

const MOST_INTERFACES = 3;

/** The interfaces that the traffic left through. */
export function whereText(seen: Seen, interfaces: readonly string[]): string {
  const ids = seen.interfaces.map((place) => interfaces[place] ?? "").sort();
  return someOf(ids, MOST_INTERFACES);
}

/** What the rules open beyond the traffic in the logs, and why the group seems to have initiated that traffic. */
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

/** States a guess only once if it applies to all rules. */
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

/** TCP flags are proof, so they need no mention. */
function guessOf({ by }: Seen): string | undefined {
  if ((by & BY_FLAGS) !== 0) return undefined;
  return (by & BY_PORTS) !== 0 ? BY_ITS_PORTS : BY_ITS_START;
}
