import { EC2Client } from "@aws-sdk/client-ec2";
import { fromIni, fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { withoutUndefined } from "../rule/record";
import { type Account, askCaller, type Caller } from "./account";
import { guardAccount } from "./accountGuard";
import { assume } from "./assumeRole";
import { believeOnlyEc2 } from "./believable";
import { errorCode } from "./errors";
import { noteOwners } from "./groupOwners";
import { endRetriesAfter } from "./lastTry";
import type { Settings } from "./settings";
import type { Target } from "./target";
import { TIME_LIMITS } from "./timeLimits";

/**
 * Where calls to a Region go.
 *
 * @param home the account in which state knows what they are about
 */
export function targetFor(settings: Settings, region: string, home?: Account): Target {
  const caller = () => callerFor(settings, region);
  return { client: clientFor(settings, region), region, caller, ...withoutUndefined({ home }) };
}

/** Whose the credentials in use are; STS is asked once for a stack's settings, and what it says is kept. */
export function callerFor(settings: Settings, region: string): Promise<Caller> {
  const caller = callers.get(settings) ?? makeCaller(settings, region);
  callers.set(settings, caller);
  return caller;
}

const callers = new WeakMap<Settings, Promise<Caller>>();

/** Where STS is out of reach, nobody is kept waiting for long. */
const MOST_TRIES_OF_STS = 3;

function makeCaller(settings: Settings, region: string): Promise<Caller> {
  return askCaller({
    ...commonOptions(settings, region),
    maxAttempts: Math.min(settings.maxRetries + 1, MOST_TRIES_OF_STS),
    ...withoutUndefined({ endpoint: settings.endpoints.sts }),
  });
}

/** By settings, not by their content: no credential becomes a key. */
const clients = new WeakMap<Settings, Map<string, EC2Client>>();

/** The EC2 client of a Region; made once for a stack's settings, so that its connections are shared. */
function clientFor(settings: Settings, region: string): EC2Client {
  const ofSettings = clients.get(settings) ?? new Map<string, EC2Client>();
  clients.set(settings, ofSettings);
  const client = ofSettings.get(region) ?? makeClient(settings, region);
  ofSettings.set(region, client);
  return client;
}

/**
 * The Region that calls go to where a resource names none: `aws:region`, else `AWS_REGION`,
 * `AWS_DEFAULT_REGION`, else that of the profile; undefined if none is set.
 */
export async function defaultRegion(settings: Settings): Promise<string | undefined> {
  // Set to nothing is not set, as in many a pipeline.
  const region = settings.region || process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION;
  if (region) return region;
  const ofProfile = profileRegions.get(settings) ?? profileRegion(settings);
  profileRegions.set(settings, ofProfile);
  return ofProfile;
}

/** Asked of the SDK once for a stack's settings, and not at every check. */
const profileRegions = new WeakMap<Settings, Promise<string | undefined>>();

async function profileRegion({ profile }: Settings): Promise<string | undefined> {
  try {
    return await new EC2Client(withoutUndefined({ profile })).config.region();
  } catch {
    // The SDK says "no Region anywhere" by throwing; the caller's message says where to set it.
    return undefined;
  }
}

function makeClient(settings: Settings, region: string): EC2Client {
  const client = new EC2Client({
    ...commonOptions(settings, region),
    ...withoutUndefined({ endpoint: settings.endpoints.ec2 }),
  });
  retryConcurrentTagAccess(client);
  endRetriesAfter(client, TIME_LIMITS.retries);
  believeOnlyEc2(client);
  noteOwners(client);
  if (settings.accountGuard) {
    guardAccount(client, settings.accountGuard, () => callerFor(settings, region));
  }
  return client;
}

/** How every service is called. */
function commonOptions(settings: Settings, region: string) {
  const { profile, maxRetries } = settings;
  return {
    region,
    retryMode: "adaptive",
    maxAttempts: maxRetries + 1,
    requestHandler: REQUEST_LIMITS,
    ...withoutUndefined({ profile, credentials: credentialsOf(settings, region) }),
  };
}

const REQUEST_LIMITS = {
  connectionTimeout: TIME_LIMITS.connection,
  requestTimeout: TIME_LIMITS.answer,
  throwOnRequestTimeout: true,
  // Once an answer has begun, the time-out of the request has done its part.
  socketTimeout: TIME_LIMITS.answer,
};

/** EC2 refuses tags while it is busy with others of the same rule, which the SDK does not know to pass. */
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
    // After the SDK's own retries in their step, and so within each try.
    { step: "finalizeRequest", priority: "low", name: "retryConcurrentTagAccess" },
  );
}

function credentialsOf({ profile, credentials, assumeRoles, endpoints }: Settings, region: string) {
  // A profile that the configuration names goes before keys in the environment, as it does for `@pulumi/aws`.
  const named = credentials ? async () => credentials : profile ? fromIni({ profile }) : undefined;
  if (assumeRoles.length === 0) return named;
  const base = named ?? fromNodeProviderChain();
  return assume(assumeRoles, base, {
    requestHandler: REQUEST_LIMITS,
    ...withoutUndefined({ region, endpoint: endpoints.sts }),
  });
}
