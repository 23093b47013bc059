import { discreetly } from "../rule/discreetly";
import type { Account, Caller } from "./client/account";
import { ownerOf } from "./client/groupOwners";
import { EgressError, errorCode, textOf } from "./errors";
import { CREDENTIALS } from "./remedies";
import type { Target } from "./target";

/**
 * Lets what EC2 does not show be taken for gone; throws where it is the account of the credentials that lacks it, and
 * state knows it in another one.
 *
 * Where nothing tells whose the credentials are, a line at the terminal says so.
 *
 * @param what the rule or the group, as the person at the terminal is told of it
 */
export async function confirmGone(target: Target, groupId: string, what: string): Promise<void> {
  const { client, region, home } = target;
  // Who sees the group sees its rules.
  if (home === undefined || ownerOf(client, groupId) === home.id) return;
  let caller: Caller;
  try {
    caller = await target.caller();
  } catch (error) {
    const why = `STS does not tell whose the credentials in use are (${errorCode(error)}: ${textOf(error)})`;
    const done = `${what}, which state knows in account ${home.id} and EC2 does not show, is taken for gone`;
    console.error(discreetly(`${why}: ${done}`));
    return;
  }
  if (caller.id === home.id && caller.partition === home.partition) return;
  const [theirs, ours] = named(home, caller);
  throw new EgressError(
    `${what} (${region}): state knows it in ${theirs}, and the credentials in use are of ${ours}, which does not have it: ${caller.arn}. Nothing was changed.\nUse credentials of ${theirs}. ${CREDENTIALS}\nWhere that account is no more, \`pulumi state delete\` takes the resource out of state.`,
  );
}

/** The accounts as an error names them: with their partitions where these differ. */
function named(...accounts: [Account, Account]): [string, string] {
  const [one, other] = accounts;
  const name = ({ id, partition }: Account) =>
    one.partition === other.partition ? `account ${id}` : `account ${id} of ${partition}`;
  return [name(one), name(other)];
}
