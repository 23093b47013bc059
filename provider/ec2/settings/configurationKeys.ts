/**
 * Every key of the configuration of `@pulumi/aws`, of its versions 6 and 7, and what becomes of it here.
 *
 * A key that says who, where or how to call is honoured or refused: one that is passed over in silence would let calls go
 * where nobody means them to.
 */
export const CONFIGURATION_KEYS: {
  readonly honoured: readonly string[];
  /** Passed over: these say nothing about the calls that are made here. */
  readonly harmless: readonly string[];
  /** What to do instead, by key. */
  readonly refused: { readonly [key: string]: string };
} = {
  honoured: [
    "accessKey",
    "allowedAccountIds",
    // Of version 6.
    "assumeRole",
    "assumeRoleWithWebIdentity",
    "assumeRoles",
    "customCaBundle",
    "defaultTags",
    "endpoints",
    "forbiddenAccountIds",
    "httpProxy",
    "httpsProxy",
    "ignoreTags",
    "insecure",
    "maxRetries",
    "noProxy",
    "profile",
    "region",
    "retryMode",
    "secretKey",
    "sharedConfigFiles",
    "sharedCredentialsFiles",
    "stsRegion",
    "token",
    "useDualstackEndpoint",
    "useFipsEndpoint",
  ],
  harmless: [
    "s3UsEast1RegionalEndpoint",
    "s3UsePathStyle",
    "skipCredentialsValidation",
    "skipMetadataApiCheck",
    "skipRegionValidation",
    "skipRequestingAccountId",
    "userAgents",
  ],
  refused: {
    ec2MetadataServiceEndpoint:
      "is not supported: set AWS_EC2_METADATA_SERVICE_ENDPOINT instead, which @pulumi/aws reads, too",
    ec2MetadataServiceEndpointMode:
      "is not supported: set AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE instead, which @pulumi/aws reads, too",
    tagPolicyCompliance:
      "is not supported: set TF_AWS_TAG_POLICY_COMPLIANCE instead, which applies to the resources of @pulumi/aws only",
    tokenBucketRateLimiterCapacity:
      "is not supported: remove it, or set it on an explicit aws.Provider for the resources of @pulumi/aws",
  },
};
