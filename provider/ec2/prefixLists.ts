import {
  type EC2Client,
  type ManagedPrefixList,
  type PrefixListState,
  paginateDescribeManagedPrefixLists,
} from "@aws-sdk/client-ec2";
import { publishedWeight } from "../rule/prefixListWeight";
import { withoutUndefined } from "../rule/record";
import { EgressError, explain } from "./errors";
import type { Target } from "./target";

export interface FoundPrefixList {
  readonly id: string;
  /** How many rules it counts as in a group's quota; undefined if neither EC2 nor AWS's documentation says. */
  readonly weight?: number;
}

/** One look-up for each name and client, however many rules need it. */
const lookUps = new WeakMap<EC2Client, Map<string, Promise<FoundPrefixList>>>();

/** The prefix list with this name; throws if there is none, or more than one. */
export function findPrefixList(target: Target, name: string): Promise<FoundPrefixList> {
  const ofClient = lookUps.get(target.client) ?? new Map<string, Promise<FoundPrefixList>>();
  lookUps.set(target.client, ofClient);
  const found = ofClient.get(name) ?? lookUp(target, name);
  ofClient.set(name, found);
  // Forget a failure: the next caller may succeed.
  found.catch(() => ofClient.delete(name));
  return found;
}

/** EC2 also returns lists that were deleted, or whose creation failed. */
const NO_LIST: ReadonlySet<PrefixListState | undefined> = new Set<PrefixListState>([
  "create-failed",
  "delete-in-progress",
  "delete-complete",
]);

async function lookUp({ client, region }: Target, name: string): Promise<FoundPrefixList> {
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
  const named = lists.filter(({ PrefixListName }) => PrefixListName === name);
  const [found, ...others] = named.filter(({ State }) => !NO_LIST.has(State));
  if (found?.PrefixListId === undefined) {
    const gone = named.map(({ PrefixListId, State }) => `${PrefixListId} is ${State}`).join(", ");
    const but = gone === "" ? "" : ` any more, ${gone}`;
    throw new EgressError(`no prefix list has this name in ${region}${but}: check the name and the Region`);
  }
  if (others.length > 0) {
    const ids = [found, ...others].map(({ PrefixListId }) => PrefixListId).join(" and ");
    throw new EgressError(`${ids} have this name in ${region}: specify prefixListId`);
  }
  // AWS-managed lists have MaxEntries only in emulators.
  const weight = publishedWeight(name) ?? found.MaxEntries;
  return { id: found.PrefixListId, ...withoutUndefined({ weight }) };
}
