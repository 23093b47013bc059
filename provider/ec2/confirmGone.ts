import { discreetly } from "../rule/discreetly";
import type { Account, Caller } from "./client/account";
import { ownerOf } from "./client/groupOwners";
import { EgressError, errorCode, textOf } from "./errors";
import { CREDENTIALS } from "./remedies";
import type { Target } from "./target";

/**
 * Confirms that something EC2 does not show is gone; throws if the credentials belong to a different account than state
 * knows.
 *
 * Prints a line if nobody can tell whose the credentials are.
 *
 * @param what the rule or the group, as the line names it
 */
export async function confirmGone(target: Target, groupId: string, what: string): Promise<void> {
  const { client, region, home } = target;
  // Credentials that can see the group can see its rules.
  if (home === undefined || ownerOf(client, groupId) === home.id) return;
  let caller: Caller;
  try {
    caller = await target.caller();
  } catch (error) {
    const why = `STS does not say whose the current credentials are (${errorCode(error)}: ${textOf(error)})`;
    const done = `${what} is treated as deleted, because EC2 does not show it; state has it in account ${home.id}`;
    console.error(discreetly(`${why}: ${done}`));
    return;
  }
  if (caller.id === home.id && caller.partition === home.partition) return;
  const [theirs, ours] = named(home, caller);
  throw new EgressError(
    `${what} (${region}): state has it in ${theirs}, but the current credentials belong to ${ours}, which does not have it: ${caller.arn}. Nothing was changed.\nUse credentials of ${theirs}. ${CREDENTIALS}\nIf that account no longer exists, remove the resource from state with \`pulumi state delete\`.`,
  );
}

/** The accounts as an error names them; with their partitions if these differ. */
function named(...accounts: [Account, Account]): [string, string] {
  const [one, other] = accounts;
  const name = ({ id, partition }: Account) =>
    one.partition === other.partition ? `account ${id}` : `account ${id} of ${partition}`;
  return [name(one), name(other)];
}
