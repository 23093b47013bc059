import { CreateSecurityGroupCommand, CreateVpcCommand, type EC2Client } from "@aws-sdk/client-ec2";

export interface Network {
  vpcId: string;
  groupIds: [string, string];
}

export async function makeVpc(ec2: EC2Client): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  return present(Vpc?.VpcId);
}

export async function makeGroup(ec2: EC2Client, vpcId: string, name: string): Promise<string> {
  const command = new CreateSecurityGroupCommand({ VpcId: vpcId, GroupName: name, Description: name });
  return present((await ec2.send(command)).GroupId);
}

function present(id: string | undefined): string {
  if (id === undefined) {
    throw new Error("The EC2 endpoint answered without an id");
  }
  return id;
}
