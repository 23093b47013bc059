import { isDeepStrictEqual } from "node:util";
import { clientFor } from "../ec2/client";
import { EgressError } from "../ec2/errors";
import { type GetConfig, readSettings, type Settings } from "../ec2/settings";
import type { Target } from "../ec2/target";
import { type Failure, failuresText } from "../rule/failure";
import { Run } from "../run";

/** A stack's configuration and a run of the engine, as the verbs of a resource use them. */
export interface Host {
  readonly run: Run;
  /** The configuration, or what is wrong with it. */
  readonly configuration: () => ReturnType<typeof readSettings>;
  /** What is wrong with the configuration, for check to report. */
  readonly failures: () => readonly Failure[];
  /** The settings; throws what `failures` says, if anything. */
  readonly settings: () => Settings;
  readonly target: (region: string) => Target;
}

/**
 * Reads the configuration when it is first needed, and once.
 *
 * Not at `configure`: the engine keeps a handler even when its `configure` fails, and may call it before that ends.
 */
export function hostOf(get: GetConfig): Host {
  let read: ReturnType<typeof readSettings> | undefined;
  const settingsOnce = (): ReturnType<typeof readSettings> => {
    read ??= readSettings(get);
    return read;
  };
  const failures = () => {
    const result = settingsOnce();
    return "failures" in result ? result.failures : [];
  };
  const settings = () => {
    const result = settingsOnce();
    if ("settings" in result) return result.settings;
    throw new EgressError(`reading the stack's configuration: ${failuresText(result.failures)}`);
  };
  const target = (region: string) => ({ client: clientFor(settings(), region), region });
  return { run: new Run(), configuration: settingsOnce, failures, settings, target };
}

/** The host of several kinds of resources. */
export interface SharedHost {
  readonly configure: (get: GetConfig) => void;
  readonly host: () => Host;
}

/**
 * One host for all kinds of resources, so that what the verbs of one note of a run, those of another see.
 *
 * The engine configures each kind, and always with the same.
 */
export function sharedHost(): SharedHost {
  let host = hostOf(() => undefined);
  let next: Host | undefined;
  return {
    configure: (get) => {
      next = hostOf(get);
    },
    host: () => {
      if (next && !isDeepStrictEqual(next.configuration(), host.configuration())) host = next;
      next = undefined;
      return host;
    },
  };
}
