import {
  type EC2Client,
  type ManagedPrefixList,
  paginateDescribeManagedPrefixLists,
} from "@aws-sdk/client-ec2";
import { EgressError, explain } from "./errors";
import type { Target } from "./target";

/** One look-up for each name and client, however many rules ask. */
const lookUps = new WeakMap<EC2Client, Map<string, Promise<string>>>();

/** The id of the prefix list with this name; throws where there is none, or more than one. */
export function findPrefixListId(target: Target, name: string): Promise<string> {
  const ofClient = lookUps.get(target.client) ?? new Map<string, Promise<string>>();
  lookUps.set(target.client, ofClient);
  const lookUp = ofClient.get(name) ?? lookUpId(target, name);
  ofClient.set(name, lookUp);
  // A failure is told, not kept: the next to ask may be luckier.
  lookUp.catch(() => ofClient.delete(name));
  return lookUp;
}

async function lookUpId({ client, region }: Target, name: string): Promise<string> {
  const lists: ManagedPrefixList[] = [];
  const request = { Filters: [{ Name: "prefix-list-name", Values: [name] }] };
  try {
    for await (const page of paginateDescribeManagedPrefixLists({ client }, request)) {
      lists.push(...(page.PrefixLists ?? []));
    }
  } catch (error) {
    const doing = `looking up the prefix list "${name}"`;
    throw explain(error, { action: "DescribeManagedPrefixLists", doing, region });
  }
  const ids = lists
    .filter(({ PrefixListName }) => PrefixListName === name)
    .flatMap(({ PrefixListId }) => PrefixListId ?? []);
  const [id, ...others] = ids;
  if (id === undefined)
    throw new EgressError(`no prefix list has this name in ${region}: check the name and the Region`);
  if (others.length > 0)
    throw new EgressError(`${ids.join(" and ")} have this name in ${region}: give prefixListId`);
  return id;
}
