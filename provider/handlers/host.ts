import { isDeepStrictEqual } from "node:util";
import type { Account } from "../ec2/client/account";
import { accountFailure } from "../ec2/client/accountGuard";
import { callerFor, defaultRegion, targetFor } from "../ec2/client/client";
import { EgressError } from "../ec2/errors";
import type { GetConfig } from "../ec2/settings/read";
import { readSettings, type Settings } from "../ec2/settings/settings";
import type { Target } from "../ec2/target";
import { type Failure, failuresText } from "../rule/failure";
import { isUnknown } from "../rule/unknown";
import { Run } from "../run";
import { regionOf } from "./stackDefaults";

/** A stack's configuration and a run of the engine, as the verbs of a resource use them. */
export interface Host {
  readonly run: Run;
  /** The configuration, or what is wrong with it. */
  readonly configuration: () => ReturnType<typeof readSettings>;
  /**
   * What is wrong with the configuration, or with the account of its credentials, for check to report.
   *
   * @param region the Region that the resource names, if any
   */
  readonly failures: (region: unknown) => Promise<readonly Failure[]>;
  /** The settings; throws the `failures`, if any. */
  readonly settings: () => Settings;
  /** Where calls go, and the account of the resource, as state knows it. */
  readonly target: (region: string, home?: Account) => Target;
}

/**
 * Reads the configuration once, on first use.
 *
 * `configure` is too early: the engine keeps a handler even if its `configure` fails, and may call it before that ends.
 */
export function hostOf(get: GetConfig): Host {
  let read: ReturnType<typeof readSettings> | undefined;
  const settingsOnce = (): ReturnType<typeof readSettings> => {
    read ??= readSettings(get);
    return read;
  };
  const failures = async (ofResource: unknown) => {
    const result = settingsOnce();
    if ("failures" in result) return result.failures;
    const { settings } = result;
    if (settings.accountGuard === undefined) return [];
    const named = isUnknown(ofResource) ? undefined : ofResource;
    const region = regionOf(named, await defaultRegion(settings), []) ?? REGION_OF_STS;
    const failure = await accountFailure(settings.accountGuard, () => callerFor(settings, region));
    return failure ? [failure] : [];
  };
  const settings = () => {
    const result = settingsOnce();
    if ("settings" in result) return result.settings;
    throw new EgressError(`reading the stack's configuration: ${failuresText(result.failures)}`);
  };
  const target = (region: string, home?: Account) => targetFor(settings(), region, home);
  return { run: new Run(), configuration: settingsOnce, failures, settings, target };
}

/** The Region to call STS in while no other is known. */
const REGION_OF_STS = "us-east-1";

/** The host for several kinds of resources. */
export interface SharedHost {
  readonly configure: (get: GetConfig) => void;
  readonly host: () => Host;
}

/**
 * Creates one host for all kinds of resources, so that they share what they know about the run.
 *
 * The engine configures each kind, always with the same configuration.
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
