import { InputError } from "../program/inputError";
import type { LearnedPolicy } from "./policy";
import type { Flows, Seen } from "./seen";
import type { Tally } from "./tally";
import { spanText } from "./words";

/** Tests the policy from the earlier part of the logs on the later part. */
export interface Holdout {
  /** When the later part begins, in seconds since 1970. */
  readonly since: number;
  /** The number of requests in the later part. */
  readonly tested: number;
  /** Requests in the later part that the policy does not allow, as the rules that it lacks. */
  readonly cut: LearnedPolicy;
}

/** Splits requests into those first seen before a moment, and those first seen later. */
export function splitAt(requests: Flows, moment: number): { readonly before: Flows; readonly after: Flows } {
  const only = (isIn: (seen: Seen) => boolean): Flows =>
    new Map(
      [...requests]
        .map(([port, byPeer]) => [port, new Map([...byPeer].filter(([, seen]) => isIn(seen)))] as const)
        .filter(([, byPeer]) => byPeer.size > 0),
    );
  return { before: only(({ first }) => first < moment), after: only(({ first }) => first >= moment) };
}

const UNITS: { readonly [unit: string]: number } = { h: 3600, d: 86_400, w: 604_800 };

/** Parses a duration such as `7d` into seconds. */
export function parseHoldout(text: string): number {
  const [, number, unit = ""] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
  const seconds = Number(number) * (UNITS[unit] ?? 0);
  if (seconds > 0) return seconds;
  throw new InputError(`--holdout: "${text}" is not a duration: write it like 7d, 12h or 2w`);
}

/** When the later part begins. Fails if that leaves nothing to learn from. */
export function holdoutStart({ first, last }: Tally, text: string): number {
  const start = last - parseHoldout(text);
  if (start > first) return start;
  throw new InputError(
    `--holdout: the logs cover only ${spanText({ first, last })}, so ${text} leaves nothing to learn from: specify a shorter time, or add logs`,
  );
}
