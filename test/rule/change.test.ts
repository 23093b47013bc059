import { identityChange, tagsChangeOf } from "../../provider/rule/change";
import type { DestinationProperty } from "../../provider/rule/destination";
import { UNKNOWN } from "../../provider/rule/unknown";
import { ACCOUNT, accepted, DESTINATIONS, OTHER_GROUP, RULE, TO_NOWHERE } from "./reading";

/** The properties that make one set of arguments a different rule from the other. */
const change = (olds: object, news: object) => identityChange(accepted(olds), accepted(news));

const PROPERTIES = Object.keys(DESTINATIONS) as DestinationProperty[];
const KIND_CHANGES = PROPERTIES.flatMap((before) =>
  PROPERTIES.filter((after) => after !== before).map((after) => ({
    before,
    after,
    told: PROPERTIES.filter((property) => property === before || property === after),
  })),
);

const to = (property: DestinationProperty) => ({ ...TO_NOWHERE, [property]: DESTINATIONS[property] });

test.each<[string, object, object]>([
  ["nothing", {}, {}],
  ["host bits", { cidrIpv4: "100.68.0.0/18" }, { cidrIpv4: "100.68.0.18/18" }],
  [
    "the spelling of IPv6",
    { cidrIpv4: null, cidrIpv6: "2001:db8::/32" },
    { cidrIpv4: null, cidrIpv6: "2001:DB8:0:0::1/32" },
  ],
  ["a protocol's number for its name", { ipProtocol: "tcp" }, { ipProtocol: 6 }],
  ["the case of a protocol", { ipProtocol: "tcp" }, { ipProtocol: "TCP" }],
  ["ports as text", {}, { fromPort: "443", toPort: "443" }],
  ["ports on all protocols", { ipProtocol: "-1", fromPort: 0, toPort: 0 }, { ipProtocol: "all" }],
  ["ports on a protocol without", { ipProtocol: 50 }, { ipProtocol: 50, fromPort: -1, toPort: -1 }],
  [
    "all of icmpv6 said",
    { ipProtocol: "icmpv6", fromPort: null, toPort: null },
    { ipProtocol: "icmpv6", fromPort: -1, toPort: -1 },
  ],
  [
    "icmp for ports",
    { ipProtocol: "icmp", fromPort: 8, toPort: -1 },
    { ipProtocol: "icmp", fromPort: null, toPort: null, icmp: { type: "echo-request" } },
  ],
  [
    "an account in one text with its group",
    { cidrIpv4: null, referencedSecurityGroupId: OTHER_GROUP, referencedSecurityGroupOwnerId: ACCOUNT },
    { cidrIpv4: null, referencedSecurityGroupId: `${ACCOUNT}/${OTHER_GROUP}` },
  ],
  ["an empty description", {}, { description: "" }],
  ["a description given as null", {}, { description: null }],
])("a different spelling is the same rule: %s", (_, olds, news) => {
  expect(change({ ...RULE, ...olds }, { ...RULE, ...news })).toEqual([]);
  expect(change({ ...RULE, ...news }, { ...RULE, ...olds })).toEqual([]);
});

test.each<[string, object, string[]]>([
  ["protocol", { ipProtocol: "udp" }, ["ipProtocol"]],
  ["protocol, to all,", { ipProtocol: "-1" }, ["ipProtocol", "fromPort", "toPort"]],
  ["first port", { fromPort: 80 }, ["fromPort"]],
  ["last port", { toPort: 444 }, ["toPort"]],
  ["range of ports", { fromPort: 80, toPort: 8080 }, ["fromPort", "toPort"]],
  ["address", { cidrIpv4: "10.1.0.0/16" }, ["cidrIpv4"]],
  ["prefix length", { cidrIpv4: "10.0.0.0/8" }, ["cidrIpv4"]],
  ["group", { securityGroupId: OTHER_GROUP }, ["securityGroupId"]],
  ["group and port", { securityGroupId: OTHER_GROUP, toPort: 444 }, ["securityGroupId", "toPort"]],
])("a different %s makes a different rule, and is named", (_, news, properties) => {
  expect(change(RULE, { ...RULE, ...news })).toEqual(properties);
});

test.each<[DestinationProperty, string]>([
  ["cidrIpv4", "192.0.2.0/24"],
  ["cidrIpv6", "::/0"],
  ["prefixListId", "pl-0123456789abcdef0"],
  ["referencedSecurityGroupId", "sg-0123456789abcdef0"],
])("a different %s makes a different rule", (property, value) => {
  expect(change(to(property), { ...to(property), [property]: value })).toEqual([property]);
});

test.each(KIND_CHANGES)(
  "$after instead of $before makes another rule, and both are reported",
  ({ before, after, told }) => {
    expect(change(to(before), to(after))).toEqual(told);
  },
);

test("another group and another kind of destination are reported in a fixed order", () => {
  const news = { ...to("prefixListId"), securityGroupId: OTHER_GROUP };
  expect(change(RULE, news)).toEqual(["securityGroupId", "cidrIpv4", "prefixListId"]);
});

test.each<[string, unknown, unknown]>([
  ["given", undefined, "to the LAN"],
  ["changed", "to the LAN", "to the lan"],
  ["taken away", "to the LAN", undefined],
  ["unknown", "to the LAN", UNKNOWN],
])("a description that is %s keeps the rule", (_, olds, news) => {
  expect(change({ ...RULE, description: olds }, { ...RULE, description: news })).toEqual([]);
});

test("other tags keep the rule", () => {
  expect(change({ ...RULE, tags: { Team: "web" } }, { ...RULE, tags: UNKNOWN })).toEqual([]);
});

describe("while it is unknown,", () => {
  test.each(["securityGroupId", "ipProtocol", "fromPort", "toPort", "cidrIpv4"])(
    "%s counts as different",
    (property) => {
      expect(change(RULE, { ...RULE, [property]: UNKNOWN })).toEqual([property]);
    },
  );

  test.each(KIND_CHANGES)("$after instead of $before is a different rule", ({ before, after, told }) => {
    expect(change(to(before), { ...TO_NOWHERE, [after]: UNKNOWN })).toEqual(told);
  });

  test.each(PROPERTIES)("a destination of an unknown kind differs from the %s", (before) => {
    const unknown = Object.fromEntries(PROPERTIES.map((property) => [property, UNKNOWN]));
    expect(change(to(before), { ...TO_NOWHERE, ...unknown })).toEqual(PROPERTIES);
  });
});

describe("tags", () => {
  test("in another order are no change", () => {
    expect(tagsChangeOf({ a: "1", b: "2" }, { b: "2", a: "1" })).toEqual({ set: {}, remove: [] });
  });

  test("are set if new or changed, removed if missing, and otherwise left", () => {
    const olds = { kept: "1", changed: "2", gone: "3", emptied: "4" };
    const news = { kept: "1", changed: "22", added: "5", emptied: "" };
    expect(tagsChangeOf(olds, news)).toEqual({
      set: { changed: "22", added: "5", emptied: "" },
      remove: ["gone"],
    });
  });

  test("differ by the case of their keys", () => {
    expect(tagsChangeOf({ Team: "web" }, { team: "web" })).toEqual({
      set: { team: "web" },
      remove: ["Team"],
    });
  });

  test("with empty values can be set and removed", () => {
    expect(tagsChangeOf({}, { Team: "" })).toEqual({ set: { Team: "" }, remove: [] });
    expect(tagsChangeOf({ Team: "" }, {})).toEqual({ set: {}, remove: ["Team"] });
  });

  test("are set if unknown", () => {
    expect(tagsChangeOf({ Team: "web" }, { Team: UNKNOWN })).toEqual({ set: { Team: UNKNOWN }, remove: [] });
  });

  test.each(["constructor", "__proto__", "toString", "hasOwnProperty"])("may have the key %j", (key) => {
    const tags: { [key: string]: string } = JSON.parse(`{ "${key}": "web" }`);
    const others: { [key: string]: string } = JSON.parse(`{ "${key}": "shop" }`);

    const added = tagsChangeOf({}, tags);
    expect(Object.entries(added.set)).toEqual([[key, "web"]]);
    expect(added.remove).toEqual([]);

    expect(tagsChangeOf(tags, {})).toEqual({ set: {}, remove: [key] });
    expect(Object.entries(tagsChangeOf(tags, others).set)).toEqual([[key, "shop"]]);
    expect(Object.entries(tagsChangeOf(tags, tags).set)).toEqual([]);
  });
});
