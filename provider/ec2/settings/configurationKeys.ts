/**
 * Every configuration key of `@pulumi/aws` 6 and 7, and how this package treats it.
 *
 * It honors or refuses each key that says who, where or how to call: an ignored key could send calls to the wrong
 * place.
 */
export const CONFIGURATION_KEYS: {
  readonly honoured: readonly string[];
  /** Ignored, because they do not affect the calls of this package. */
  readonly harmless: readonly string[];
  /** The remedy, by key. */
  readonly refused: { readonly [key: string]: string };
} = {
  honoured: [
    "accessKey",
    "allowedAccountIds",
    // From version 6.
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
