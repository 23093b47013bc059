import { type Failure, quote } from "../../rule/failure";
import { isRecord, withoutUndefined } from "../../rule/record";
import { type AssumeRole, parseAssumeRoles } from "../client/assumeRole";
import { parseWebIdentity, type WebIdentity } from "../client/webIdentity";
import { expandedPath, type GetConfig, parseTexts, readJson } from "./read";

/** The source of the credentials. */
export interface CredentialSettings {
  readonly profile?: string;
  readonly credentials?: StaticCredentials;
  readonly webIdentity?: WebIdentity;
  readonly assumeRoles: readonly AssumeRole[];
  /** Where the SDK looks for profiles, under its own names. */
  readonly sharedFiles: { readonly configFilepath?: string; readonly filepath?: string };
}

interface StaticCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export function readCredentialSettings(get: GetConfig, failures: Failure[]): CredentialSettings {
  return {
    ...withoutUndefined({
      profile: get("aws:profile"),
      credentials: readStatic(get, failures),
      webIdentity: readWebIdentity(get, failures),
    }),
    assumeRoles: readAssumeRoles(get, failures),
    sharedFiles: withoutUndefined({
      configFilepath: readFile("aws:sharedConfigFiles", get, failures),
      filepath: readFile("aws:sharedCredentialsFiles", get, failures),
    }),
  };
}

function readStatic(get: GetConfig, failures: Failure[]): StaticCredentials | undefined {
  const [accessKeyId, secretAccessKey] = [get("aws:accessKey"), get("aws:secretKey")];
  if (accessKeyId && secretAccessKey) {
    return { accessKeyId, secretAccessKey, ...withoutUndefined({ sessionToken: get("aws:token") }) };
  }
  // The message omits the values: either is a credential.
  if (accessKeyId) failures.push({ property: "aws:secretKey", reason: "is required with aws:accessKey" });
  if (secretAccessKey) failures.push({ property: "aws:accessKey", reason: "is required with aws:secretKey" });
  return undefined;
}

function readWebIdentity(get: GetConfig, failures: Failure[]): WebIdentity | undefined {
  const property = "aws:assumeRoleWithWebIdentity";
  const value = readJson(property, get, failures);
  if (value === undefined) return undefined;
  if (isRecord(value)) return parseWebIdentity(property, value, failures);
  // The message omits the value: it may contain a token.
  failures.push({
    property,
    reason: 'is not a record: write it like {"roleArn": "arn:…", "webIdentityTokenFile": "…"}',
  });
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

/** The file in a list of one: the AWS SDK for JavaScript does not read several. */
function readFile(property: string, get: GetConfig, failures: Failure[]): string | undefined {
  const [file, ...others] = parseTexts(property, readJson(property, get, failures), failures);
  if (others.length > 0) {
    const reason = `has ${quote(file)} and ${others.length} more: only one is supported, so merge them into one file`;
    failures.push({ property, reason });
  }
  return file && expandedPath(file);
}
