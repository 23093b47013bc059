import { EC2Client } from "@aws-sdk/client-ec2";
import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } from "@smithy/core/config";
import { withoutUndefined } from "../../rule/record";
import { errorCode } from "../errors";
import type { Settings } from "../settings/settings";
import type { Target } from "../target";
import { TIME_LIMITS } from "../timeLimits";
import { type Account, askCaller, type Caller } from "./account";
import { guardAccount } from "./accountGuard";
import { believeOnlyEc2 } from "./believable";
import { credentialsOf } from "./credentials";
import { noteEndpoint } from "./endpointName";
import { noteOwners } from "./groupOwners";
import { endRetriesAfter } from "./lastTry";
import { requestHandlerOf } from "./requestHandler";

/**
 * Where calls to a Region go.
 *
 * @param home the account of the resources, as state knows it
 */
export function targetFor(settings: Settings, region: string, home?: Account): Target {
  const caller = () => callerFor(settings, region);
  const { ignoredTags } = settings;
  return { client: clientFor(settings, region), region, ignoredTags, caller, ...withoutUndefined({ home }) };
}

/** Who owns the current credentials; asks STS once for a stack's settings, and keeps the answer. */
export function callerFor(settings: Settings, region: string): Promise<Caller> {
  const caller = callers.get(settings) ?? makeCaller(settings, region);
  callers.set(settings, caller);
  return caller;
}

const callers = new WeakMap<Settings, Promise<Caller>>();

/** If STS is out of reach, no verb should wait long for it. */
const MOST_TRIES_OF_STS = 3;

function makeCaller(settings: Settings, region: string): Promise<Caller> {
  // Reuse the credentials of the calls, to avoid assuming a role again.
  const { credentials } = clientFor(settings, region).config;
  return askCaller({
    ...commonOptions(settings, settings.stsRegion ?? region),
    credentials,
    maxAttempts: Math.min(settings.maxRetries + 1, MOST_TRIES_OF_STS),
    ...withoutUndefined({ endpoint: settings.endpoints.sts }),
  });
}

/** Keyed by the settings object, so that no credential becomes a key. */
const clients = new WeakMap<Settings, Map<string, EC2Client>>();

/** The EC2 client of a Region; one for each stack's settings, to share its connections. */
function clientFor(settings: Settings, region: string): EC2Client {
  const ofSettings = clients.get(settings) ?? new Map<string, EC2Client>();
  clients.set(settings, ofSettings);
  const client = ofSettings.get(region) ?? makeClient(settings, region);
  ofSettings.set(region, client);
  return client;
}

/**
 * The default Region: `aws:region`, then `AWS_REGION`, `AWS_DEFAULT_REGION`, and the Region of the profile; undefined
 * if none is set.
 */
export async function defaultRegion(settings: Settings): Promise<string | undefined> {
  // An empty variable counts as not set: many pipelines set such variables.
  const region = settings.region || process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION;
  if (region) return region;
  const ofProfile = profileRegions.get(settings) ?? profileRegion(settings);
  profileRegions.set(settings, ofProfile);
  return ofProfile;
}

/** Asks the SDK once for a stack's settings, rather than at every check. */
const profileRegions = new WeakMap<Settings, Promise<string | undefined>>();

async function profileRegion({ profile, sharedFiles }: Settings): Promise<string | undefined> {
  const where = { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...withoutUndefined({ profile }), ...sharedFiles };
  try {
    return await loadConfig(NODE_REGION_CONFIG_OPTIONS, where)();
  } catch {
    // The SDK throws if it finds no Region; the caller's message says where to set one.
    return undefined;
  }
}

function makeClient(settings: Settings, region: string): EC2Client {
  const endpoint = settings.endpoints.ec2;
  const client = new EC2Client({ ...commonOptions(settings, region), ...withoutUndefined({ endpoint }) });
  retryConcurrentTagAccess(client);
  endRetriesAfter(client, TIME_LIMITS.retries);
  believeOnlyEc2(client);
  noteOwners(client);
  noteEndpoint(client);
  if (settings.accountGuard) {
    guardAccount(client, settings.accountGuard, () => callerFor(settings, region));
  }
  return client;
}

/** The settings for every client of a stack, whatever its service. */
function commonOptions(settings: Settings, region: string) {
  const { profile, retryMode, maxRetries, endpointKind } = settings;
  const requestHandler = requestHandlerOf(settings.network);
  return {
    region,
    retryMode,
    maxAttempts: maxRetries + 1,
    requestHandler,
    credentials: credentialsOf(settings, region, requestHandler),
    ...endpointKind,
    ...withoutUndefined({ profile }),
  };
}

/** EC2 refuses tags while it processes other tags of the same rule; the SDK does not know that this passes. */
function retryConcurrentTagAccess(client: EC2Client): void {
  client.middlewareStack.add(
    (next) => async (call) => {
      try {
        return await next(call);
      } catch (error) {
        throw errorCode(error) === "ConcurrentTagAccess"
          ? Object.assign(Object(error), { $retryable: {} })
          : error;
      }
    },
    // The SDK's own retries come first in this step, so this runs within each try.
    { step: "finalizeRequest", priority: "low", name: "retryConcurrentTagAccess" },
  );
}
