import * as pulumi from "@pulumi/pulumi";

interface ListInputs {
  readonly url: string;
  readonly listName: string;
}

/** Loaded within each verb: the engine cannot serialize the SDK. */
function sdk(): typeof import("@aws-sdk/client-ec2") {
  return require("@aws-sdk/client-ec2");
}

const provider: pulumi.dynamic.ResourceProvider<ListInputs, ListInputs> = {
  async create(inputs) {
    const { EC2Client, CreateManagedPrefixListCommand } = sdk();
    const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
    const ec2 = new EC2Client({ endpoint: inputs.url, region: "us-east-1", credentials });
    const { PrefixList } = await ec2.send(
      new CreateManagedPrefixListCommand({
        PrefixListName: inputs.listName,
        AddressFamily: "IPv4",
        MaxEntries: 1,
        Entries: [{ Cidr: "192.0.2.0/24" }],
      }),
    );
    return { id: PrefixList?.PrefixListId ?? "", outs: inputs };
  },
  async diff(_id, olds, news) {
    const changes = olds.listName !== news.listName;
    return { changes, replaces: changes ? ["listName"] : [], deleteBeforeReplace: true };
  },
  async delete(id, { url }) {
    const { EC2Client, DeleteManagedPrefixListCommand } = sdk();
    const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
    const ec2 = new EC2Client({ endpoint: url, region: "us-east-1", credentials });
    await ec2.send(new DeleteManagedPrefixListCommand({ PrefixListId: id }));
  },
};

/** A prefix list; another name replaces it, and the old one is deleted first. */
export class MadeList extends pulumi.dynamic.Resource {
  constructor(name: string, inputs: ListInputs) {
    super(provider, name, { ...inputs });
  }
}
