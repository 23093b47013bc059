import { paginateDescribeManagedPrefixLists, paginateDescribeSecurityGroups } from "@aws-sdk/client-ec2";
import { inParts } from "../rule/plan/parts";
import { errorCode, explain } from "./errors";
import { findPrefixList } from "./prefixLists";
import type { Target } from "./target";

/** Names by id; missing resources have none. Undefined if the credentials lack the permission. */
export type Names = ReadonlyMap<string, string> | undefined;

/** The names of groups. */
export function groupNames(target: Target, ids: readonly string[]): Promise<Names> {
  return namesOf(target, "DescribeSecurityGroups", async function* () {
    for (const Filters of filters("group-id", ids)) {
      for await (const page of paginateDescribeSecurityGroups({ client: target.client }, { Filters })) {
        for (const { GroupId, GroupName } of page.SecurityGroups ?? []) yield [GroupId, GroupName];
      }
    }
  });
}

/** The names of prefix lists, if a look-up by the name finds the same list: two lists may share a name. */
export function prefixListNames(target: Target, ids: readonly string[]): Promise<Names> {
  return namesOf(target, "DescribeManagedPrefixLists", async function* () {
    for (const Filters of filters("prefix-list-id", ids)) {
      for await (const page of paginateDescribeManagedPrefixLists({ client: target.client }, { Filters })) {
        for (const { PrefixListId, PrefixListName = "" } of page.PrefixLists ?? []) {
          if (await isFoundBy(target, PrefixListName, PrefixListId)) yield [PrefixListId, PrefixListName];
        }
      }
    }
  });
}

/** One filter accepts as many values as this package puts into any request. */
function filters(Name: string, ids: readonly string[]) {
  return inParts(ids).map((Values) => [{ Name, Values }]);
}

async function isFoundBy(target: Target, name: string, id: string | undefined): Promise<boolean> {
  const found = await findPrefixList(target, name).catch(() => undefined);
  return found !== undefined && found.id === id;
}

async function namesOf(
  { region }: Target,
  action: string,
  ask: () => AsyncIterable<readonly [id: string | undefined, name: string | undefined]>,
): Promise<Names> {
  const names = new Map<string, string>();
  try {
    for await (const [id, name] of ask()) if (id !== undefined && name) names.set(id, name);
    return names;
  } catch (error) {
    if (["UnauthorizedOperation", "AccessDenied"].includes(errorCode(error))) return undefined;
    throw explain(error, { action, doing: "looking up names", region });
  }
}
