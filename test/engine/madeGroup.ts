import * as pulumi from "@pulumi/pulumi";

interface GroupInputs {
  readonly url: string;
  readonly vpcId: string;
  readonly description: string;
  readonly deleteBeforeReplace: boolean;
}

/** Loaded within each verb: the engine cannot serialize the SDK. */
function sdk(): typeof import("@aws-sdk/client-ec2") {
  return require("@aws-sdk/client-ec2");
}

const provider: pulumi.dynamic.ResourceProvider<GroupInputs, GroupInputs> = {
  async create(inputs) {
    const { EC2Client, CreateSecurityGroupCommand } = sdk();
    const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
    const ec2 = new EC2Client({ endpoint: inputs.url, region: "us-east-1", credentials });
    const GroupName = `group-${inputs.description}-${inputs.deleteBeforeReplace}`;
    const made = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName, Description: inputs.description, VpcId: inputs.vpcId }),
    );
    return { id: made.GroupId ?? "", outs: inputs };
  },
  async diff(_id, olds, news) {
    const changes = olds.description !== news.description;
    const replaces = changes ? ["description"] : [];
    return { changes, replaces, deleteBeforeReplace: news.deleteBeforeReplace };
  },
  async delete(id, { url }) {
    const { EC2Client, DeleteSecurityGroupCommand } = sdk();
    const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
    const ec2 = new EC2Client({ endpoint: url, region: "us-east-1", credentials });
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }));
  },
};

/** A security group like that of `@pulumi/aws`: another description replaces it, and a named one is deleted first. */
export class MadeGroup extends pulumi.dynamic.Resource {
  constructor(name: string, inputs: GroupInputs) {
    super(provider, name, { ...inputs });
  }
}
