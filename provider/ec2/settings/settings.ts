import { type Failure, quote } from "../../rule/failure";
import { parseRegion } from "../../rule/ids";
import { parseInteger } from "../../rule/integer";
import { DEFAULT_QUOTA } from "../../rule/quota";
import { isRecord, withoutUndefined } from "../../rule/record";
import { type AccountGuard, parseAccountGuard } from "../client/accountGuard";
import { CONFIGURATION_KEYS } from "./configurationKeys";
import { type CredentialSettings, readCredentialSettings } from "./credentials";
import { type Network, readNetwork } from "./network";
import { type GetConfig, readBoolean, readJson } from "./read";
import { readTagSettings, type TagSettings } from "./tags";

/** What a stack's configuration specifies about reaching EC2. The AWS SDK and the environment supply the rest. */
export interface Settings extends CredentialSettings, TagSettings {
  readonly region?: string;
  readonly accountGuard?: AccountGuard;
  /** The Region for STS, if it is not the Region of the calls. */
  readonly stsRegion?: string;
  readonly endpoints: { readonly ec2?: string; readonly sts?: string };
  readonly endpointKind: { readonly useFipsEndpoint?: true; readonly useDualstackEndpoint?: true };
  readonly network: Network;
  readonly maxRetries: number;
  readonly retryMode: RetryMode;
  /** Whether preview asks EC2, by DryRun, if it would allow the planned calls. */
  readonly preflight: boolean;
  /** How many outbound rules a group may have for each family: the quota L-0EA8095F. */
  readonly rulesPerGroup: number;
}

type RetryMode = "standard" | "adaptive";

/** The default of `@pulumi/aws`. */
const DEFAULT_MAX_RETRIES = 25;

/** Reads this package's own keys, and those of `@pulumi/aws` that it honors. */
export function readSettings(get: GetConfig): { settings: Settings } | { failures: readonly Failure[] } {
  const failures: Failure[] = [];
  refuseKeys(get, failures);
  const endpoints = readEndpoints(get, failures);
  const settings = {
    ...withoutUndefined({
      region: readRegion("aws:region", get, failures),
      stsRegion: readRegion("aws:stsRegion", get, failures),
      accountGuard: readAccountGuard(get, failures),
    }),
    ...readCredentialSettings(get, failures),
    endpoints,
    endpointKind: readEndpointKind(endpoints, get, failures),
    network: readNetwork(get, failures),
    ...readTagSettings(get, failures),
    maxRetries: readMaxRetries(get, failures),
    retryMode: readRetryMode(get, failures),
    preflight: readBoolean("aws-egress:preflight", get, failures),
    rulesPerGroup: readRulesPerGroup(get, failures),
  };
  return failures.length === 0 ? { settings } : { failures };
}

/** Refuse what we cannot honor: a call to the wrong place is worse than no call. */
function refuseKeys(get: GetConfig, failures: Failure[]): void {
  for (const [key, reason] of Object.entries(CONFIGURATION_KEYS.refused)) {
    if (get(`aws:${key}`)) failures.push({ property: `aws:${key}`, reason });
  }
}

function readRegion(property: string, get: GetConfig, failures: Failure[]): string | undefined {
  const region = get(property);
  return region && parseRegion(region, (reason) => failures.push({ property, reason }));
}

/** Which of AWS's own endpoints to call; ignores what the environment and the profile specify. */
function readEndpointKind(
  { ec2, sts }: Settings["endpoints"],
  get: GetConfig,
  failures: Failure[],
): Settings["endpointKind"] {
  const isSet = (property: string) => {
    const isOn = readBoolean(property, get, failures);
    if (isOn && (ec2 ?? sts) !== undefined) {
      const reason =
        "cannot be combined with a custom endpoint: remove this key, or ec2 and sts from aws:endpoints";
      failures.push({ property, reason });
    }
    return isOn || undefined;
  };
  return withoutUndefined({
    useFipsEndpoint: isSet("aws:useFipsEndpoint"),
    useDualstackEndpoint: isSet("aws:useDualstackEndpoint"),
  });
}

function readRetryMode(get: GetConfig, failures: Failure[]): RetryMode {
  const property = "aws:retryMode";
  const value = get(property);
  if (!value) return process.env.AWS_RETRY_MODE === "standard" ? "standard" : "adaptive";
  if (value === "standard" || value === "adaptive") return value;
  failures.push({ property, reason: `${quote(value)} is not "standard" or "adaptive"` });
  return "adaptive";
}

function readAccountGuard(get: GetConfig, failures: Failure[]): AccountGuard | undefined {
  const allowed = readJson("aws:allowedAccountIds", get, failures);
  const forbidden = readJson("aws:forbiddenAccountIds", get, failures);
  return parseAccountGuard(allowed, forbidden, failures);
}

function readEndpoints(get: GetConfig, failures: Failure[]): Settings["endpoints"] {
  const property = "aws:endpoints";
  const value = readJson(property, get, failures);
  const list = value === undefined ? [] : Array.isArray(value) ? value : [value];
  if (!list.every(isRecord)) {
    failures.push({ property, reason: 'is not a list of records: write it like [{"ec2": "https://…"}]' });
    return {};
  }
  const endpoints = Object.assign({}, ...list);
  const { ec2, sts }: { ec2?: unknown; sts?: unknown } = endpoints;
  return withoutUndefined({
    ec2: parseUrl(`${property}.ec2`, ec2, failures),
    sts: parseUrl(`${property}.sts`, sts, failures),
  });
}

function parseUrl(property: string, value: unknown, failures: Failure[]): string | undefined {
  if (value === undefined || value === "") return undefined;
  // Without a scheme, the parser would take the host of `localhost:4566` for one.
  if (typeof value === "string" && URL.canParse(value) && /^https?:/i.test(value)) return value;
  // The message omits the value: an endpoint's URL may contain a password.
  failures.push({ property, reason: "is not a URL: write it like https://ec2.example.com" });
  return undefined;
}

function readMaxRetries(get: GetConfig, failures: Failure[]): number {
  const value = get("aws:maxRetries");
  const attempts = parseInteger(process.env.AWS_MAX_ATTEMPTS);
  if (!value) return attempts === undefined ? DEFAULT_MAX_RETRIES : attempts - 1;
  const retries = parseInteger(value);
  if (retries !== undefined && retries >= 0) return retries;
  failures.push({
    property: "aws:maxRetries",
    reason: `${quote(value)} is not a number of retries, 0 or more`,
  });
  return DEFAULT_MAX_RETRIES;
}

function readRulesPerGroup(get: GetConfig, failures: Failure[]): number {
  const property = "aws-egress:rulesPerGroup";
  const value = get(property);
  if (!value) return DEFAULT_QUOTA;
  const quota = parseInteger(value);
  if (quota !== undefined && quota >= 1) return quota;
  failures.push({ property, reason: `${quote(value)} is not a number of rules, 1 or more` });
  return DEFAULT_QUOTA;
}
