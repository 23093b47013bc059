import { strictly } from "../strictly";
import { authorize, authorizeOne } from "./emptyGroup";
import { ipv4, ipv6, refusal, tcp } from "./rules";

describe("a CIDR", () => {
  strictly.each([
    ["100.68.0.18/18", "100.68.0.0/18"],
    ["10.0.0.1/32", "10.0.0.1/32"],
    ["255.255.255.255/0", "0.0.0.0/0"],
  ])("%s is kept as %s", async (asked, kept) => {
    expect(await authorizeOne(tcp(443, ipv4(asked)))).toMatchObject({ CidrIpv4: kept });
  });

  strictly.each([
    ["2001:DB8:0:0::1/32", "2001:db8::/32"],
    ["2001:db8:0:0:1:0:0:1/128", "2001:db8::1:0:0:1/128"],
    ["::FFFF:1.2.3.4/128", "::ffff:102:304/128"],
    ["FE80::1/0", "::/0"],
  ])("%s is kept as %s", async (asked, kept) => {
    expect(await authorizeOne(tcp(443, ipv6(asked)))).toMatchObject({ CidrIpv6: kept });
  });

  strictly.each([
    "10.0.0.0",
    "10.0.0.0/33",
    "10.0.0.0/08",
    "10.0.0.0/255.0.0.0",
    "10.0.0/8",
    "010.0.0.0/8",
    " 10.0.0.0/8",
    "2001:db8::/32",
    "any",
    "",
  ])("%j is no IPv4 CIDR", async (asked) => {
    expect(await refusal(authorize([tcp(443, ipv4(asked))]))).toMatch(
      /^InvalidParameterValue: CIDR block .* is malformed$/,
    );
  });

  strictly.each(["2001:db8::", "2001:db8::/129", "fe80::1%eth0/64", "2001:db8:::/32", "10.0.0.0/8"])(
    "%j is no IPv6 CIDR",
    async (asked) => {
      expect(await refusal(authorize([tcp(443, ipv6(asked))]))).toMatch(
        /^InvalidParameterValue: CIDR block .* is malformed$/,
      );
    },
  );
});
