import * as pulumi from "@pulumi/pulumi";

/**
 * The two resources of `@pulumi/aws-native` with outbound rules, under its type names.
 *
 * The package itself takes half a gigabyte, and its classes do no more than this.
 */
export class SecurityGroup extends pulumi.CustomResource {
  declare readonly groupId: pulumi.Output<string>;

  constructor(name: string, args: { readonly [name: string]: unknown }, opts?: pulumi.CustomResourceOptions) {
    super("aws-native:ec2:SecurityGroup", name, { groupId: undefined, ...args }, opts);
  }
}

export class SecurityGroupEgress extends pulumi.CustomResource {
  constructor(name: string, args: { readonly [name: string]: unknown }, opts?: pulumi.CustomResourceOptions) {
    super("aws-native:ec2:SecurityGroupEgress", name, args, opts);
  }
}
