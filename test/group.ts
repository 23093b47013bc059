import * as pulumi from "@pulumi/pulumi";

/** A security group of @pulumi/aws, without its package. */
export class Group extends pulumi.CustomResource {
  declare readonly name: pulumi.Output<string>;
  constructor(name: string, opts?: pulumi.CustomResourceOptions) {
    super("aws:ec2/securityGroup:SecurityGroup", name, { name: undefined }, opts);
  }
}
