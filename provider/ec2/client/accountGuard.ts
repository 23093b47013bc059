import type { EC2Client } from "@aws-sdk/client-ec2";
import { type Failure, failuresText, quote } from "../../rule/failure";
import { errorCode, textOf } from "../errors";
import type { Caller } from "./account";

/** The only accounts that a stack may use, or the accounts that it must not use. */
export interface AccountGuard {
  readonly property: typeof ALLOWED | typeof FORBIDDEN;
  readonly ids: readonly string[];
}

const ALLOWED = "aws:allowedAccountIds";
const FORBIDDEN = "aws:forbiddenAccountIds";

/** What is wrong with the account of the current credentials, if anything. */
export async function accountFailure(
  { property, ids }: AccountGuard,
  caller: () => Promise<Caller>,
): Promise<Failure | undefined> {
  try {
    const { id, arn } = await caller();
    if (ids.includes(id) === (property === ALLOWED)) return undefined;
    const is = property === ALLOWED ? "does not include" : "includes";
    return { property, reason: `${is} account ${id}, which the current credentials belong to: ${arn}` };
  } catch (error) {
    const why = `${errorCode(error)}: ${textOf(error)}`;
    return {
      property,
      reason: `cannot be checked, because STS does not say whose the credentials are: ${why}`,
    };
  }
}

/** Blocks every call of a client whose credentials the stack must not use. */
export function guardAccount(client: EC2Client, guard: AccountGuard, caller: () => Promise<Caller>): void {
  client.middlewareStack.add(
    (next) => async (call) => {
      const failure = await accountFailure(guard, caller);
      if (failure === undefined) return next(call);
      throw Object.assign(new Error(failuresText([failure])), { name: "AccountNotAllowed" });
    },
    { step: "initialize", priority: "high", name: "guardAccount" },
  );
}

/** Reads the two keys, of which a stack may set one; as in `@pulumi/aws`, an empty list counts as none. */
export function parseAccountGuard(
  allowed: unknown,
  forbidden: unknown,
  failures: Failure[],
): AccountGuard | undefined {
  const [allowedIds, forbiddenIds] = [
    parseIds(ALLOWED, allowed, failures),
    parseIds(FORBIDDEN, forbidden, failures),
  ];
  if (allowedIds.length > 0 && forbiddenIds.length > 0) {
    failures.push({ property: FORBIDDEN, reason: `conflicts with ${ALLOWED}: set one of the two` });
  }
  if (allowedIds.length > 0) return { property: ALLOWED, ids: allowedIds };
  return forbiddenIds.length > 0 ? { property: FORBIDDEN, ids: forbiddenIds } : undefined;
}

function parseIds(property: AccountGuard["property"], value: unknown, failures: Failure[]): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    failures.push({ property, reason: `${quote(value)} is not a list: write it like ["123456789012"]` });
    return [];
  }
  return value.flatMap((one: unknown, place) => {
    // `pulumi config set --path` turns an account into a number.
    const id = String(one);
    if (/^\d{12}$/.test(id)) return [id];
    failures.push({
      property: `${property}[${place}]`,
      reason: `${quote(one)} is not an account id: specify 12 digits, in quotes`,
    });
    return [];
  });
}
