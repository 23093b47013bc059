import {
  AuthorizeSecurityGroupEgressCommand,
  CreateSecurityGroupCommand,
  type EC2Client,
  type IpPermission,
} from "@aws-sdk/client-ec2";
import type { Endpoint } from "../test/ec2/endpoint";

/** Groups as they grow over the years: with manual rules, a controller's rules, and the allow-all rule. */
export async function makeHandMade(
  endpoint: Endpoint,
): Promise<{ web: string; workers: string; database: string }> {
  const ec2 = endpoint.client();
  const { vpcId } = await endpoint.makeNetwork();
  const lists = await endpoint.prefixLists();
  const s3 = lists["com.amazonaws.us-east-1.s3"] ?? "";
  const [web, workers, database] = [
    await makeGroup(ec2, vpcId, "web"),
    await makeGroup(ec2, vpcId, "workers"),
    await makeGroup(ec2, vpcId, "database"),
  ];
  const add = async (
    GroupId: string,
    permission: IpPermission,
    tags: { readonly [key: string]: string } = {},
  ) => {
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const TagSpecifications = Tags.length > 0 ? [{ ResourceType: "security-group-rule" as const, Tags }] : [];
    await ec2.send(
      new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: [permission], TagSpecifications }),
    );
  };
  const range = (CidrIp: string, Description?: string) => ({
    IpRanges: [{ CidrIp, ...(Description !== undefined && { Description }) }],
  });

  await add(web, { ...on("tcp", 443), ...range("10.0.0.0/16", "package updates") });
  await add(web, { ...on("tcp", 443), ...range("10.2.0.0/16", "package updates") });
  await add(web, { ...on("tcp", 443), PrefixListIds: [{ PrefixListId: s3, Description: "Amazon S3" }] });
  await add(web, { ...on("tcp", 5432), UserIdGroupPairs: [{ GroupId: database, Description: "orders" }] });
  await add(web, { ...on("tcp", 53), ...range("10.0.0.2/32") });
  await add(web, { ...on("udp", 53), ...range("10.0.0.2/32") });
  await add(web, {
    ...on("tcp", 8443),
    ...range("203.0.113.0/24", "payments, their page lists the addresses"),
  });
  await add(web, { IpProtocol: "icmp", FromPort: 8, ToPort: 0, ...range("10.0.0.0/8", "ping") });

  await add(
    workers,
    {
      ...on("tcp", 9094),
      UserIdGroupPairs: [{ GroupId: "sg-0fedcba9876543210", UserId: "210987654321", Description: "events" }],
    },
    { Team: "data" },
  );
  await add(workers, { ...on("tcp", 443), ...range("10.0.0.0/8", "registry") }, { Team: "platform" });
  await add(
    workers,
    { ...on("tcp", 443), ...range("10.0.4.0/24", "registry, before it moved") },
    { Team: "platform" },
  );
  await add(
    workers,
    { ...on("tcp", 10250), ...range("10.0.0.0/16") },
    { "kubernetes.io/cluster/shop": "owned" },
  );
  return { web, workers, database };
}

async function makeGroup(ec2: EC2Client, VpcId: string, GroupName: string): Promise<string> {
  const made = await ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName, Description: GroupName }));
  if (made.GroupId === undefined) throw new Error("The EC2 endpoint answered without an id");
  return made.GroupId;
}

function on(IpProtocol: string, port: number): IpPermission {
  return { IpProtocol, FromPort: port, ToPort: port };
}
