import type { AuthorizeSecurityGroupEgressRequest } from "@aws-sdk/client-ec2";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { authorize, group, readBack } from "./emptyGroup";
import { idOf, ipv4, refusal, tcp } from "./rules";

describe("a tag at creation", () => {
  function tagged(key: string, value: string): Partial<AuthorizeSecurityGroupEgressRequest> {
    return {
      TagSpecifications: [{ ResourceType: "security-group-rule", Tags: [{ Key: key, Value: value }] }],
    };
  }

  test.each([
    ["k".repeat(127), "v".repeat(256)],
    ["empty", ""],
  ])("is kept at the bounds (%#)", async (key, value) => {
    const [rule] = await authorize([tcp(443, ipv4("10.0.0.0/8"))], tagged(key, value));
    expect((await readBack(idOf(known(rule)))).Tags).toEqual([{ Key: key, Value: value }]);
  });

  strictly.each<[string, Partial<AuthorizeSecurityGroupEgressRequest>]>([
    ["a key of 128 characters", tagged("k".repeat(128), "v")],
    ["an empty key", tagged("", "v")],
    ["a key of AWS's own", tagged("aws:name", "v")],
    ["a value of 257 characters", tagged("k", "v".repeat(257))],
    [
      "the same key twice",
      {
        TagSpecifications: [
          {
            ResourceType: "security-group-rule",
            Tags: [
              { Key: "k", Value: "1" },
              { Key: "k", Value: "2" },
            ],
          },
        ],
      },
    ],
    [
      "another type of resource",
      { TagSpecifications: [{ ResourceType: "security-group", Tags: [{ Key: "k", Value: "v" }] }] },
    ],
  ])("is refused, and the rule with it: %s", async (_, tags) => {
    expect(await refusal(authorize([tcp(443, ipv4("10.0.0.0/8"))], tags))).toMatch(/^InvalidParameterValue/);
    expect(await endpoint.rules(group)).toEqual([]);
  });

  strictly("is one of at most 50", async () => {
    const many = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
    const TagSpecifications = [{ ResourceType: "security-group-rule" as const, Tags: many }];
    expect(await refusal(authorize([tcp(443, ipv4("10.0.0.0/8"))], { TagSpecifications }))).toMatch(
      /^TagLimitExceeded/,
    );
    expect(await endpoint.rules(group)).toEqual([]);
  });
});
