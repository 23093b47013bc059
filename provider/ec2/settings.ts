import { type Failure, quote } from "../rule/failure";
import { parseRegion } from "../rule/ids";
import { parseInteger } from "../rule/integer";
import { isRecord, withoutUndefined } from "../rule/record";
import { parseTags, type Tags } from "../rule/tags";
import { isUnknown } from "../rule/unknown";
import { DEFAULT_QUOTA } from "../rule/weight";
import { type AccountGuard, parseAccountGuard } from "./accountGuard";
import { type AssumeRole, parseAssumeRoles } from "./assumeRole";

/** What a stack's configuration says about how to reach EC2. The environment is left to the AWS SDK. */
export interface Settings {
  readonly region?: string;
  readonly profile?: string;
  readonly credentials?: StaticCredentials;
  readonly assumeRoles: readonly AssumeRole[];
  readonly accountGuard?: AccountGuard;
  readonly endpoints: { readonly ec2?: string; readonly sts?: string };
  readonly defaultTags: Tags;
  readonly maxRetries: number;
  /** Whether preview asks EC2, by DryRun, if the calls to come would be allowed. */
  readonly preflight: boolean;
  /** How many outbound rules a group may have for each family: the quota L-0EA8095F. */
  readonly rulesPerGroup: number;
}

interface StaticCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** As many as `@pulumi/aws` makes by default. */
const DEFAULT_MAX_RETRIES = 25;

/** One value of the stack's configuration, such as `aws:region`; objects come as JSON. */
export type GetConfig = (key: string) => string | undefined;

/** Reads the keys of `@pulumi/aws` that this package honours, and its own. */
export function readSettings(get: GetConfig): { settings: Settings } | { failures: readonly Failure[] } {
  const failures: Failure[] = [];
  const settings = withoutUndefined({
    region: readRegion(get, failures),
    profile: get("aws:profile"),
    credentials: readCredentials(get, failures),
    assumeRoles: readAssumeRoles(get, failures),
    accountGuard: readAccountGuard(get, failures),
    endpoints: readEndpoints(get, failures),
    defaultTags: readDefaultTags(get, failures),
    maxRetries: readMaxRetries(get, failures),
    preflight: readBoolean("aws-egress:preflight", get, failures),
    rulesPerGroup: readRulesPerGroup(get, failures),
  });
  return failures.length === 0 ? { settings } : { failures };
}

function readRegion(get: GetConfig, failures: Failure[]): string | undefined {
  const region = get("aws:region");
  return region && parseRegion(region, (reason) => failures.push({ property: "aws:region", reason }));
}

function readCredentials(get: GetConfig, failures: Failure[]): StaticCredentials | undefined {
  const [accessKeyId, secretAccessKey] = [get("aws:accessKey"), get("aws:secretKey")];
  if (accessKeyId && secretAccessKey) {
    return { accessKeyId, secretAccessKey, ...withoutUndefined({ sessionToken: get("aws:token") }) };
  }
  // The values stay out of the message: either of them is a credential.
  if (accessKeyId) failures.push({ property: "aws:secretKey", reason: "is missing beside aws:accessKey" });
  if (secretAccessKey)
    failures.push({ property: "aws:accessKey", reason: "is missing beside aws:secretKey" });
  return undefined;
}

function readAssumeRoles(get: GetConfig, failures: Failure[]): readonly AssumeRole[] {
  const roles = readJson("aws:assumeRoles", get, failures);
  const role = readJson("aws:assumeRole", get, failures);
  return [
    ...parseAssumeRoles("aws:assumeRoles", roles, failures),
    ...parseAssumeRoles("aws:assumeRole", role === undefined ? undefined : [role], failures),
  ];
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
  // Without the scheme, the host of `localhost:4566` would pass for one.
  if (typeof value === "string" && URL.canParse(value) && /^https?:/i.test(value)) return value;
  // The value stays out of the message: an endpoint's URL may carry a password.
  failures.push({ property, reason: "is not a URL: write it like https://ec2.example.com" });
  return undefined;
}

function readDefaultTags(get: GetConfig, failures: Failure[]): Tags {
  const value = readJson("aws:defaultTags", get, failures);
  if (value === undefined) return {};
  if (!isRecord(value)) {
    failures.push({
      property: "aws:defaultTags",
      reason: `${quote(value)} is not of the form {"tags": {…}}`,
    });
    return {};
  }
  const found: Failure[] = [];
  const tags = parseTags(value.tags, found);
  failures.push(
    ...found.map(({ property, reason }) => ({ property: `aws:defaultTags.${property}`, reason })),
  );
  return tags === undefined || isUnknown(tags) ? {} : tags;
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

function readBoolean(property: string, get: GetConfig, failures: Failure[]): boolean {
  const value = get(property);
  if (value !== undefined && value !== "true" && value !== "false") {
    failures.push({ property, reason: `${quote(value)} is neither true nor false` });
  }
  return value === "true";
}

function readJson(property: string, get: GetConfig, failures: Failure[]): unknown {
  const text = get(property);
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Neither the text nor the parser's message, which quotes it: it may hold secrets.
    failures.push({ property, reason: "is not JSON: set it with `pulumi config set --path`" });
    return undefined;
  }
}
