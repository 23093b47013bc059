import type * as pulumi from "@pulumi/pulumi";
import { quoteName } from "../provider/rule/failure";
import { ALLOW_OUT_ARGUMENTS, AllowOut, type AllowOutArgs } from "./allowOut";
import { SERVICES } from "./catalogue";
import type { Destinations } from "./destinationEntries";
import { checkDestinations, isList } from "./destinationEntries";
import { checkKnown } from "./knownArguments";
import { Peer } from "./peer";

/** The arguments of a component whose destination is an AWS service in the Region of the group. */
export type AllowAwsServiceOutArgs = Omit<AllowOutArgs, "to">;

const WITHOUT_TO = ALLOW_OUT_ARGUMENTS.filter((known) => known !== "to");
const [HTTPS] = SERVICES.https.variants.tcp;

/**
 * Lets HTTPS out to Amazon S3 in the group's Region, by the prefix list that AWS keeps, as through a gateway endpoint.
 *
 * ```ts
 * new AllowS3Out("artifacts", { securityGroup: web });
 * ```
 */
export class AllowS3Out extends AllowOut {
  constructor(name: string, args: AllowAwsServiceOutArgs, opts?: pulumi.ComponentResourceOptions) {
    checkKnown(`AllowS3Out ${quoteName(name)}`, args, WITHOUT_TO);
    super(name, { ...over(args, "Amazon S3"), to: [Peer.awsService("s3")] }, opts, "AllowS3Out");
  }
}

/** Lets HTTPS out to Amazon DynamoDB in the group's Region, by the prefix list that AWS keeps. */
export class AllowDynamoDbOut extends AllowOut {
  constructor(name: string, args: AllowAwsServiceOutArgs, opts?: pulumi.ComponentResourceOptions) {
    checkKnown(`AllowDynamoDbOut ${quoteName(name)}`, args, WITHOUT_TO);
    const to = [Peer.awsService("dynamodb")];
    super(name, { ...over(args, "Amazon DynamoDB"), to }, opts, "AllowDynamoDbOut");
  }
}

/** Lets HTTPS out to interface VPC endpoints: `to` is the group of the endpoints. */
export class AllowVpcEndpointsOut extends AllowOut {
  constructor(name: string, args: AllowOutArgs, opts?: pulumi.ComponentResourceOptions) {
    checkKnown(`AllowVpcEndpointsOut ${quoteName(name)}`, args, ALLOW_OUT_ARGUMENTS);
    super(name, over(args, "VPC endpoints"), opts, "AllowVpcEndpointsOut");
  }
}

/**
 * Lets a group reach AWS Systems Manager by its VPC endpoints (ssm, ssmmessages, ec2messages): `to` is the group of
 * the endpoints.
 */
export class AllowSsmOut extends AllowOut {
  constructor(name: string, args: AllowOutArgs, opts?: pulumi.ComponentResourceOptions) {
    checkKnown(`AllowSsmOut ${quoteName(name)}`, args, ALLOW_OUT_ARGUMENTS);
    super(name, over(args, "AWS Systems Manager"), opts, "AllowSsmOut");
  }
}

/**
 * Lets a group pull images from Amazon ECR by its VPC endpoints (ecr.api, ecr.dkr): `to` is the group of the
 * endpoints. Layers come from S3, so S3 in the group's Region is allowed too.
 */
export class AllowEcrPullOut extends AllowOut {
  constructor(name: string, args: AllowOutArgs, opts?: pulumi.ComponentResourceOptions) {
    const where = `AllowEcrPullOut ${quoteName(name)}`;
    checkKnown(where, args, ALLOW_OUT_ARGUMENTS);
    const to = withS3(where, args?.to);
    super(name, { ...over(args, "Amazon ECR"), to }, opts, "AllowEcrPullOut");
  }
}

function over<Args extends AllowAwsServiceOutArgs>(args: Args, title: string) {
  return { ...args, description: args?.description ?? title, ports: HTTPS };
}

function withS3(where: string, to: Destinations): Destinations {
  checkDestinations(where, to);
  const s3 = Peer.awsService("s3");
  // By a key that nobody has: the rule is named by the list, not by it.
  return isList(to) ? [...to, s3] : { ...to, "Amazon S3, for image layers": s3 };
}
