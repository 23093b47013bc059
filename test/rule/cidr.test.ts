import { accepted, onlyReason, TO_NOWHERE } from "./reading";

const ipv4 = (cidrIpv4: unknown) => ({ ...TO_NOWHERE, cidrIpv4 });
const ipv6 = (cidrIpv6: unknown) => ({ ...TO_NOWHERE, cidrIpv6 });

describe("cidrIpv4", () => {
  test.each([
    // The example in the API's document.
    ["100.68.0.18/18", "100.68.0.0/18"],
    ["100.68.0.0/18", "100.68.0.0/18"],
    ["10.0.0.0/16", "10.0.0.0/16"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["255.255.255.255/0", "0.0.0.0/0"],
    ["255.255.255.255/1", "128.0.0.0/1"],
    ["192.0.2.255/24", "192.0.2.0/24"],
    ["192.0.2.255/25", "192.0.2.128/25"],
    ["192.0.2.255/31", "192.0.2.254/31"],
    ["192.0.2.255/32", "192.0.2.255/32"],
    ["1.2.3.4/8", "1.0.0.0/8"],
  ])("%s is kept as %s", (spelling, canonical) => {
    expect(accepted(ipv4(spelling)).cidrIpv4).toBe(canonical);
  });

  test("1.2.3.4 lacks a prefix length: the error suggests /32", () => {
    expect(onlyReason("cidrIpv4", ipv4("1.2.3.4"))).toBe(
      '"1.2.3.4" has no prefix length: did you mean "1.2.3.4/32"?',
    );
  });

  test("0.0.0.0 lacks a prefix length: the error warns that /0 allows everything, and does not suggest /32", () => {
    expect(onlyReason("cidrIpv4", ipv4("0.0.0.0"))).toBe(
      '"0.0.0.0" has no prefix length: to allow every IPv4 address, write "0.0.0.0/0"',
    );
  });

  test.each(["::/0", "2001:db8::/32", "::1", "::ffff:10.0.0.1/128"])(
    "%s is IPv6, which has its own argument",
    (address) => {
      const reason = onlyReason("cidrIpv4", ipv4(address));
      expect(reason).toContain(`"${address}" is IPv6`);
      expect(reason).toContain("specify it as cidrIpv6");
    },
  );

  test.each<[unknown]>([
    [""],
    ["anywhere"],
    ["example.com/32"],
    ["10.0.0.0/33"],
    ["10.0.0.0/-1"],
    ["10.0.0.0/"],
    ["10.0.0.0/8/8"],
    ["10.0.0.0/255.0.0.0"],
    ["10.0.0/8"],
    ["10/8"],
    ["10.0.0.0.0/8"],
    ["256.0.0.0/8"],
    // Some programs read the first number as octal, and so as 8.
    ["010.0.0.0/8"],
    ["0x0a.0.0.0/8"],
    [" 10.0.0.0/8"],
    ["10.0.0.0/8\n"],
    ["10.0.0.0 - 10.0.0.255"],
    ["10.0.0.0/8,10.1.0.0/16"],
    [167772160],
    [true],
    [["10.0.0.0/8"]],
    [{}],
  ])("%j is refused, with the correct form", (bad) => {
    const reason = onlyReason("cidrIpv4", ipv4(bad));
    expect(reason).toContain(`${JSON.stringify(bad)} is not an IPv4 CIDR`);
    expect(reason).toContain('"10.0.0.0/16"');
    expect(reason).toContain("0 to 32");
  });
});

describe("cidrIpv6", () => {
  test.each([
    ["2001:DB8:0:0::1/32", "2001:db8::/32"],
    ["2001:db8::/32", "2001:db8::/32"],
    ["::/0", "::/0"],
    ["ffff::1/0", "::/0"],
    ["::1/128", "::1/128"],
    ["0:0:0:0:0:0:0:1/128", "::1/128"],
    ["2001:db8:0:1:ffff::/65", "2001:db8:0:1:8000::/65"],
    ["fe80::1/10", "fe80::/10"],
    ["2001:db8::ffff/127", "2001:db8::fffe/127"],
    // RFC 5952, section 4: leading zeros, the longest run, the first of two, never one group alone, lower case.
    ["2001:0db8::0001/128", "2001:db8::1/128"],
    ["2001:db8:0:0:0:0:2:1/128", "2001:db8::2:1/128"],
    ["2001:db8:0:1:1:1:1:1/128", "2001:db8:0:1:1:1:1:1/128"],
    ["2001:db8::1:1:1:1:1/128", "2001:db8:0:1:1:1:1:1/128"],
    ["2001:0:0:1:0:0:0:1/128", "2001:0:0:1::1/128"],
    ["2001:db8:0:0:1:0:0:1/128", "2001:db8::1:0:0:1/128"],
    ["2001:db8::AaAa/128", "2001:db8::aaaa/128"],
    // The last 32 bits may be written as IPv4.
    ["64:ff9b::192.0.2.1/128", "64:ff9b::c000:201/128"],
    ["64:ff9b::192.0.2.1/96", "64:ff9b::/96"],
  ])("%s is kept as %s", (spelling, canonical) => {
    expect(accepted(ipv6(spelling)).cidrIpv6).toBe(canonical);
  });

  test("an IPv4-mapped range has one form in every spelling", () => {
    expect(accepted(ipv6("::ffff:192.0.2.1/128"))).toEqual(accepted(ipv6("::FFFF:c000:201/128")));
  });

  test.each([
    ["::1", "::1/128"],
    ["2001:DB8:0:0::1", "2001:db8::1/128"],
  ])("%s lacks a prefix length: the error suggests %s", (address, offered) => {
    const reason = onlyReason("cidrIpv6", ipv6(address));
    expect(reason).toContain(`"${address}" has no prefix length`);
    expect(reason).toContain(`did you mean "${offered}"?`);
  });

  test.each(["::", "0:0:0:0:0:0:0:0"])(
    "%s lacks its prefix length: the error warns that /0 opens everything, and does not suggest /128",
    (address) => {
      expect(onlyReason("cidrIpv6", ipv6(address))).toBe(
        `"${address}" has no prefix length: to allow every IPv6 address, write "::/0"`,
      );
    },
  );

  test.each(["10.0.0.0/8", "0.0.0.0/0", "1.2.3.4"])("%s is IPv4, which has its own argument", (address) => {
    const reason = onlyReason("cidrIpv6", ipv6(address));
    expect(reason).toContain(`"${address}" is IPv4`);
    expect(reason).toContain("specify it as cidrIpv4");
  });

  test.each([
    ["fe80::1%eth0/64", "%eth0"],
    ["fe80::1%eth0", "%eth0"],
    ["fe80::1%2/128", "%2"],
  ])("%s has a zone, which must be removed", (address, zone) => {
    const reason = onlyReason("cidrIpv6", ipv6(address));
    expect(reason).toContain(`"${address}" has a zone`);
    expect(reason).toContain(`remove "${zone}"`);
  });

  test.each<[unknown]>([
    [""],
    ["anywhere"],
    ["2001:db8::/129"],
    ["2001:db8::/-1"],
    ["2001:db8::/"],
    ["2001:db8:::/32"],
    ["2001::db8::/32"],
    ["1:2:3:4:5:6:7/128"],
    ["1:2:3:4:5:6:7:8:9/128"],
    ["12345::/32"],
    ["g::/32"],
    ["[::1]/128"],
    ["::/0/0"],
    ["::ffff:192.0.2.256/128"],
    [" ::/0"],
    ["::/0\n"],
    [0],
    [["::/0"]],
  ])("%j is refused, with the correct form", (bad) => {
    const reason = onlyReason("cidrIpv6", ipv6(bad));
    expect(reason).toContain(`${JSON.stringify(bad)} is not an IPv6 CIDR`);
    expect(reason).toContain('"2001:db8::/32"');
    expect(reason).toContain("0 to 128");
  });
});
