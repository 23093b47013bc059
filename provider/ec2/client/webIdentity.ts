import { existsSync } from "node:fs";
import { fromTokenFile, fromWebToken } from "@aws-sdk/credential-providers";
import type { Failure } from "../../rule/failure";
import { type UnknownRecord, withoutUndefined } from "../../rule/record";
import { expandedPath } from "../settings/read";
import { type AssumeRole, type Credentials, type InnerClient, parseRole, SESSION } from "./assumeRole";

/** A role that the holder of a token may assume, as `aws:assumeRoleWithWebIdentity` specifies it. */
export interface WebIdentity {
  readonly role: AssumeRole;
  readonly source: { readonly token: string } | { readonly file: string };
}

/** The credentials of the role; reads the token again each time they expire. */
export function fromWebIdentity({ role, source }: WebIdentity, clientConfig: InnerClient): Credentials {
  const { RoleArn: roleArn, RoleSessionName: roleSessionName = SESSION, PolicyArns: policyArns } = role;
  const { Policy: policy, DurationSeconds: durationSeconds } = role;
  const init = {
    roleArn,
    roleSessionName,
    ...withoutUndefined({ policy, policyArns, durationSeconds }),
    clientConfig,
  };
  return "file" in source
    ? fromTokenFile({ ...init, webIdentityTokenFile: source.file })
    : fromWebToken({ ...init, webIdentityToken: source.token });
}

/** The environment may supply what the configuration omits, as in `@pulumi/aws`. */
export function parseWebIdentity(
  property: string,
  value: UnknownRecord,
  failures: Failure[],
): WebIdentity | undefined {
  const { AWS_ROLE_ARN, AWS_ROLE_SESSION_NAME, AWS_WEB_IDENTITY_TOKEN_FILE } = process.env;
  const said = (name: string, otherwise?: string) => {
    const text = value[name];
    return typeof text === "string" && text !== "" ? text : otherwise;
  };
  const roleArn = said("roleArn", AWS_ROLE_ARN);
  const sessionName = said("sessionName", AWS_ROLE_SESSION_NAME);
  const token = said("webIdentityToken");
  const file = said("webIdentityTokenFile", AWS_WEB_IDENTITY_TOKEN_FILE);
  const source = token ? { token } : file ? { file: expandedPath(file) } : undefined;
  if (!roleArn) {
    failures.push({ property: `${property}.roleArn`, reason: 'is missing: specify the role as "arn:…"' });
  }
  if (source === undefined) {
    failures.push({ property, reason: "has no token: specify webIdentityTokenFile or webIdentityToken" });
  } else if ("file" in source && !existsSync(source.file)) {
    // The message omits the value: it may be the token itself.
    const reason = "names a file that does not exist: specify the path of a file with the token";
    failures.push({ property: `${property}.webIdentityTokenFile`, reason });
  }
  if (!roleArn || source === undefined) return undefined;
  return {
    role: parseRole(property, roleArn, { ...value, ...withoutUndefined({ sessionName }) }, failures),
    source,
  };
}
