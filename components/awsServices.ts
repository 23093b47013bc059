import { ALLOW_OUT_ARGUMENTS, type AllowOutArgs, allowing } from "./allowOut";
import { SERVICES } from "./catalogue";
import { component, type Declared } from "./component";
import { checkDestinations, type Destinations, isSeveral } from "./destination";
import { Peer } from "./peer";

/** The arguments of a component whose destination is an AWS service in the Region of the group. */
export type AllowAwsServiceOutArgs = Omit<AllowOutArgs, "to">;

const WITHOUT_TO = ["securityGroup", "description", "tags", "region", "adopt", "silence"] as const;

/**
 * Allows HTTPS to Amazon S3 in the group's Region, through the prefix list that AWS manages, with or without a gateway
 * endpoint.
 *
 * ```ts
 * new AllowS3Out("artifacts", { securityGroup: web });
 * ```
 */
export class AllowS3Out extends component<AllowAwsServiceOutArgs>("AllowS3Out", WITHOUT_TO, (where, args) =>
  https(where, "Amazon S3", { ...args, to: Peer.awsService("s3") }),
) {}

/** Allows HTTPS to Amazon DynamoDB in the group's Region, through the prefix list that AWS manages. */
export class AllowDynamoDbOut extends component<AllowAwsServiceOutArgs>(
  "AllowDynamoDbOut",
  WITHOUT_TO,
  (where, args) => https(where, "Amazon DynamoDB", { ...args, to: Peer.awsService("dynamodb") }),
) {}

/** Allows HTTPS to interface VPC endpoints: `to` is the security group of the endpoints. */
export class AllowVpcEndpointsOut extends component<AllowOutArgs>(
  "AllowVpcEndpointsOut",
  ALLOW_OUT_ARGUMENTS,
  (where, args) => https(where, "VPC endpoints", args),
) {}

/**
 * Allows AWS Systems Manager through its VPC endpoints (ssm, ssmmessages, ec2messages): `to` is the security group of the
 * endpoints.
 */
export class AllowSsmOut extends component<AllowOutArgs>("AllowSsmOut", ALLOW_OUT_ARGUMENTS, (where, args) =>
  https(where, "AWS Systems Manager", args),
) {}

/**
 * Allows image pulls from Amazon ECR through its VPC endpoints (ecr.api, ecr.dkr): `to` is the security group of the
 * endpoints. ECR stores layers in Amazon S3, so the component also allows S3 in the group's Region.
 */
export class AllowEcrPullOut extends component<AllowOutArgs>(
  "AllowEcrPullOut",
  ALLOW_OUT_ARGUMENTS,
  (where, args) => {
    checkDestinations(where, args.to);
    return https(where, "Amazon ECR", { ...args, to: withS3(args.to) });
  },
) {}

/** Adds S3 to the destinations, because Amazon ECR stores image layers there. */
export function withS3(to: Destinations): Destinations {
  return [...(isSeveral(to) ? to : [to]), Peer.awsService("s3")];
}

const { tcp: HTTPS } = SERVICES.https.variants;

function https(where: string, title: string, args: AllowOutArgs): Declared {
  return allowing(where, { ...args, description: args.description ?? title, ports: HTTPS });
}
