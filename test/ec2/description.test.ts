import { UpdateSecurityGroupRuleDescriptionsEgressCommand } from "@aws-sdk/client-ec2";
import { known } from "../known";
import { strictly } from "../strictly";
import { destination, destinationNames } from "./destinations";
import { authorize, authorizeOne, describeAgain, ec2, group, readBack } from "./emptyGroup";
import { idOf, ipv4, refusal, tcp, unknownRule } from "./rules";

describe("a description", () => {
  const allowed = "azAZ09 ._-:/()#,@[]+=;{}!$*";

  strictly.each(destinationNames)("of a rule to %s is kept", async (name) => {
    const rule = await authorizeOne(tcp(443, destination(name, allowed)));
    expect(rule.Description).toBe(allowed);
    expect((await readBack(idOf(rule))).Description).toBe(allowed);
  });

  strictly.each(destinationNames)(
    "of a rule to %s that is empty, or of spaces only, is none",
    async (name) => {
      for (const [place, text] of ["", "   "].entries()) {
        const rule = await authorizeOne(tcp(443 + place, destination(name, text)));
        expect(rule).not.toHaveProperty("Description");
      }
    },
  );

  test("of 255 characters is kept", async () => {
    const rule = await authorizeOne(tcp(443, destination("IPv4", "x".repeat(255))));
    expect(rule.Description).toHaveLength(255);
  });

  strictly.each(["x".repeat(256), "don't", "a\nb", "tab\t", "é", "a<b", '"', "%", "|", "^", "~", "\\", "?"])(
    "%j is refused",
    async (text) => {
      expect(await refusal(authorize([tcp(443, destination("IPv4", text))]))).toMatch(
        /^InvalidParameterValue: Invalid rule description\./,
      );
    },
  );

  strictly("may hold & for CIDRs alone", async () => {
    await authorize([tcp(1, destination("IPv4", "a & b")), tcp(2, destination("IPv6", "a & b"))]);
    for (const name of ["prefix list", "group"] as const) {
      expect(await refusal(authorize([tcp(3, destination(name, "a & b"))]))).toMatch(
        /^InvalidParameterValue: Invalid rule description\./,
      );
    }
  });
});

describe("UpdateSecurityGroupRuleDescriptionsEgress", () => {
  strictly.each(destinationNames)("sets and removes the text of a rule to %s", async (name) => {
    const id = idOf(await authorizeOne(tcp(443, destination(name))));
    await describeAgain([id, "one"]);
    expect((await readBack(id)).Description).toBe("one");
    await describeAgain([id, "two"]);
    expect((await readBack(id)).Description).toBe("two");
    await describeAgain([id]);
    expect(await readBack(id)).not.toHaveProperty("Description");
    await describeAgain([id, "three"]);
    await describeAgain([id, ""]);
    expect(await readBack(id)).not.toHaveProperty("Description");
  });

  strictly("takes all texts of a request or none", async () => {
    const [first, second] = (await authorize([tcp(1, ipv4("10.1.0.0/16", "10.2.0.0/16"))])).map(idOf);
    expect(await refusal(describeAgain([known(first), "new"], [known(second), "don't"]))).toMatch(
      /^InvalidParameterValue: Invalid rule description/,
    );
    expect(await refusal(describeAgain([known(first), "new"], [unknownRule, "new"]))).toMatch(
      /^InvalidSecurityGroupRuleId\.NotFound/,
    );
    expect(await readBack(known(first))).not.toHaveProperty("Description");
  });

  strictly("also finds a rule by what it permits", async () => {
    const id = idOf(await authorizeOne(tcp(443, ipv4("10.0.0.0/8"))));
    const send = (port: number) =>
      ec2.send(
        new UpdateSecurityGroupRuleDescriptionsEgressCommand({
          GroupId: group,
          IpPermissions: [tcp(port, destination("IPv4", "found"))],
        }),
      );
    await send(443);
    expect((await readBack(id)).Description).toBe("found");
    expect(await refusal(send(80))).toMatch(/^InvalidPermission\.NotFound/);
  });
});
