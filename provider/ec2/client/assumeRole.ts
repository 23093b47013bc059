import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { type Failure, quote } from "../../rule/failure";
import { parseInteger } from "../../rule/integer";
import { isRecord, type UnknownRecord, withoutUndefined } from "../../rule/record";

/** A role to assume before calling EC2, as `aws:assumeRoles` specifies it. */
export interface AssumeRole {
  readonly RoleArn: string;
  readonly RoleSessionName?: string;
  readonly ExternalId?: string;
  readonly DurationSeconds?: number;
  readonly Policy?: string;
  readonly PolicyArns?: { readonly arn: string }[];
  readonly Tags?: { readonly Key: string; readonly Value: string }[];
  readonly TransitiveTagKeys?: string[];
  readonly SourceIdentity?: string;
}

/** How to create the STS client. */
export type InnerClient = Parameters<typeof fromTemporaryCredentials>[0]["clientConfig"] & object;

export type Credentials = ReturnType<typeof fromTemporaryCredentials>;

/** The credentials of the last role of a chain; each role is assumed with the credentials of the one before. */
export function assume(
  roles: readonly AssumeRole[],
  base: Credentials,
  clientConfig: InnerClient,
): Credentials {
  return roles.reduce<Credentials>(
    (masterCredentials, role) =>
      fromTemporaryCredentials({
        masterCredentials,
        params: { RoleSessionName: SESSION, ...role },
        clientConfig,
      }),
    base,
  );
}

/** The session name if the role specifies none. */
export const SESSION = "pulumi-aws-egress";

export function parseAssumeRoles(property: string, value: unknown, failures: Failure[]): AssumeRole[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    failures.push({
      property,
      // The message omits the value: it may contain an external id.
      reason: 'is not a list of roles: write it like [{"roleArn": "arn:…"}]',
    });
    return [];
  }
  return value.flatMap((role, place) => {
    const where = `${property}[${place}]`;
    if (isRecord(role) && typeof role.roleArn === "string") {
      return [parseRole(where, role.roleArn, role, failures)];
    }
    failures.push({
      property: `${where}.roleArn`,
      reason: 'is missing: specify the role as "arn:…"',
    });
    return [];
  });
}

export function parseRole(
  property: string,
  RoleArn: string,
  role: UnknownRecord,
  failures: Failure[],
): AssumeRole {
  if (text(role.duration) !== undefined && seconds(role.duration) === undefined) {
    const reason = `${quote(role.duration)} is not a duration: write it like 1h30m`;
    failures.push({ property: `${property}.duration`, reason });
  }
  const tags = isRecord(role.tags) ? Object.entries(role.tags) : undefined;
  return {
    RoleArn,
    ...withoutUndefined({
      RoleSessionName: text(role.sessionName),
      ExternalId: text(role.externalId),
      DurationSeconds: seconds(role.duration) ?? parseInteger(role.durationSeconds),
      Policy: text(role.policy),
      PolicyArns: texts(role.policyArns)?.map((arn) => ({ arn })),
      Tags: tags?.map(([Key, tag]) => ({ Key, Value: String(tag) })),
      TransitiveTagKeys: texts(role.transitiveTagKeys),
      SourceIdentity: text(role.sourceIdentity),
    }),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function texts(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : undefined;
}

/** A duration such as `1h30m`, as `@pulumi/aws` accepts it. */
function seconds(value: unknown): number | undefined {
  const parts = typeof value === "string" ? /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(value) : null;
  if (!parts?.[0]) return undefined;
  const [hours, minutes, rest] = [parts[1], parts[2], parts[3]].map((part) => Number(part ?? 0));
  return (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (rest ?? 0);
}
