import type { IpPermission } from "@aws-sdk/client-ec2";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { destination } from "./destinations";
import { authorize, ec2, group } from "./emptyGroup";
import { listNamed, listOfSize } from "./lists";
import { hosts, hosts6, ipv4, ipv6, refusal, tcp } from "./rules";

describe("the quota", () => {
  const exceeded = /^RulesPerSecurityGroupLimitExceeded: /;

  strictly("is 60 for IPv4 and 60 for IPv6, counted apart", async () => {
    await authorize([tcp(1, ipv4(...hosts(60))), tcp(1, ipv6(...hosts6(60)))]);
    expect(await endpoint.rules(group)).toHaveLength(120);
    for (const more of [ipv4("10.1.0.0/16"), ipv6("2001:db8:1::/48"), destination("group")]) {
      expect(await refusal(authorize([tcp(2, more)]))).toMatch(exceeded);
    }
  });

  strictly("refuses a request that passes it, whole", async () => {
    expect(await refusal(authorize([tcp(1, ipv4(...hosts(61)))]))).toMatch(exceeded);
    expect(await endpoint.rules(group)).toEqual([]);
  });

  strictly.each<[string, () => Promise<Partial<IpPermission>>, number]>([
    ["a group weighs 1", async () => destination("group"), 1],
    ["AWS's s3 list weighs 1", async () => destination("prefix list"), 1],
    [
      "AWS's dynamodb list weighs 1",
      async () => ({
        PrefixListIds: [{ PrefixListId: await listNamed(ec2, "com.amazonaws.us-east-1.dynamodb") }],
      }),
      1,
    ],
    [
      "AWS's CloudFront list weighs 55",
      async () => {
        const list = await listNamed(ec2, "com.amazonaws.global.cloudfront.origin-facing");
        return { PrefixListIds: [{ PrefixListId: list }] };
      },
      55,
    ],
    [
      "a list weighs its MaxEntries",
      async () => ({ PrefixListIds: [{ PrefixListId: await listOfSize(ec2, 20) }] }),
      20,
    ],
  ])("%s in each family", async (_, heavy, weight) => {
    await authorize([tcp(1, await heavy())]);
    for (const [make, ranges] of [[ipv4, hosts] as const, [ipv6, hosts6] as const]) {
      expect(await refusal(authorize([tcp(2, make(...ranges(61 - weight)))]))).toMatch(exceeded);
      await authorize([tcp(2, make(...ranges(60 - weight)))]);
    }
  });
});
