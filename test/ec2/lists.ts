import {
  CreateManagedPrefixListCommand,
  DescribeManagedPrefixListsCommand,
  type EC2Client,
} from "@aws-sdk/client-ec2";
import { known } from "../known";

export async function listNamed(ec2: EC2Client, name: string): Promise<string> {
  const filter = { Name: "prefix-list-name", Values: [name] };
  const found = await ec2.send(new DescribeManagedPrefixListsCommand({ Filters: [filter] }));
  return known(found.PrefixLists?.[0]?.PrefixListId);
}

/** A prefix list of one's own, which has no entry. */
export async function listOfSize(ec2: EC2Client, maxEntries: number): Promise<string> {
  const command = new CreateManagedPrefixListCommand({
    PrefixListName: `size-${maxEntries}`,
    MaxEntries: maxEntries,
    AddressFamily: "IPv4",
  });
  return known((await ec2.send(command)).PrefixList?.PrefixListId);
}
