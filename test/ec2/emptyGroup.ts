import type {
  AuthorizeSecurityGroupEgressRequest,
  EC2Client,
  IpPermission,
  SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { known } from "../known";
import { endpoint } from "../world";
import { idOf, inOrder } from "./rules";
import * as send from "./send";

/** What this test file calls EC2 with. */
export let ec2: EC2Client;
/** Two groups of this test file, which have no rule when a test begins. */
export let group: string;
export let other: string;

beforeAll(async () => {
  ec2 = endpoint.client();
  [group, other] = (await endpoint.makeNetwork()).groupIds;
});

beforeEach(async () => {
  for (const id of [group, other]) {
    const ids = (await endpoint.rules(id)).map(idOf);
    if (ids.length > 0) await send.revoke(ec2, id, ids);
  }
});

/** The rules by port and destination. */
export async function authorize(
  permissions: IpPermission[],
  more: Partial<AuthorizeSecurityGroupEgressRequest> = {},
): Promise<SecurityGroupRule[]> {
  return inOrder(await send.authorize(ec2, group, permissions, more));
}

export async function authorizeOne(permission: IpPermission): Promise<SecurityGroupRule> {
  const [rule] = await authorize([permission]);
  return known(rule);
}

export const revoke = (ids: string[]) => send.revoke(ec2, group, ids);
export const modify = (...updates: send.Update[]) => send.modify(ec2, group, updates);
export const describeAgain = (...descriptions: send.Description[]) =>
  send.describeAgain(ec2, group, descriptions);

export async function readBack(id: string): Promise<SecurityGroupRule> {
  const rules = await endpoint.rules(group);
  return known(rules.find((rule) => rule.SecurityGroupRuleId === id));
}
