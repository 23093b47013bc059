import { accepted, onlyReason, RULE, refused, refusedProperties } from "./reading";

const ONE_RULE = "declare one resource per rule, with ipProtocol, fromPort, toPort and one destination";

test.each([
  // Top-level arguments of AuthorizeSecurityGroupEgress that the API's document calls not supported.
  ["CidrIp", "use cidrIpv4 or cidrIpv6"],
  ["SourceSecurityGroupName", "use referencedSecurityGroupId (a group's name does not work)"],
  ["SourceSecurityGroupOwnerId", "use referencedSecurityGroupOwnerId"],
  // The rest of its request.
  ["GroupId", "use securityGroupId"],
  ["IpPermissions", ONE_RULE],
  ["IpRanges", ONE_RULE],
  ["Ipv6Ranges", ONE_RULE],
  ["UserIdGroupPairs", ONE_RULE],
  ["PrefixListIds", "use prefixListId, one rule for each list"],
  // Related resources of @pulumi/aws and Terraform.
  ["cidrBlocks", "use cidrIpv4 or cidrIpv6, one rule for each CIDR"],
  ["cidr_blocks", "use cidrIpv4 or cidrIpv6, one rule for each CIDR"],
  ["ipv6CidrBlocks", "use cidrIpv4 or cidrIpv6, one rule for each CIDR"],
  ["ipv6_cidr_blocks", "use cidrIpv4 or cidrIpv6, one rule for each CIDR"],
  ["prefixListIds", "use prefixListId, one rule for each list"],
  ["sourceSecurityGroupId", "use referencedSecurityGroupId"],
  ["source_security_group_id", "use referencedSecurityGroupId"],
  ["groupName", "use securityGroupId (a group's name does not work)"],
  ["egress", ONE_RULE],
  ["protocol", "use ipProtocol"],
  // The components, and common guesses.
  ["securityGroup", "use securityGroupId"],
  ["cidrBlock", "use cidrIpv4 or cidrIpv6, one rule for each CIDR"],
  ["port", "use fromPort and toPort"],
  ["destinationSecurityGroupId", "use referencedSecurityGroupId"],
  ["self", "use referencedSecurityGroupId with the group's own id"],
  ["type", "remove it: every rule is outbound"],
])("%s is refused, with its equivalent", (property, remedy) => {
  const reason = onlyReason(property, { ...RULE, [property]: "anything" });
  expect(reason).toContain("is not an argument of a rule");
  expect(reason).toContain(remedy);
});

test.each([
  ["FromPort", "fromPort"],
  ["ToPort", "toPort"],
  ["IpProtocol", "ipProtocol"],
  ["ip_protocol", "ipProtocol"],
  ["from_port", "fromPort"],
  ["CidrIpv4", "cidrIpv4"],
  ["cidr_ipv4", "cidrIpv4"],
  ["cidrIPv4", "cidrIpv4"],
  ["security_group_id", "securityGroupId"],
  ["referenced_security_group_id", "referencedSecurityGroupId"],
  ["Tags", "tags"],
])("%s is a misspelling: the error suggests %s", (property, meant) => {
  const reason = onlyReason(property, { ...RULE, [property]: "anything" });
  expect(reason).toContain("is not an argument");
  expect(reason).toContain(`did you mean ${meant}?`);
});

test.each(["colour", "constructor", "toString"])(
  "%s is unknown: the error lists the valid arguments",
  (property) => {
    const reason = onlyReason(property, { ...RULE, [property]: 443 });
    expect(reason).toContain("is not an argument");
    expect(reason).toContain("remove it; valid arguments are securityGroupId, ");
  },
);

test("a whole API request is refused with a remedy for each part", () => {
  const request = {
    GroupId: "sg-1a2b3c4d",
    IpPermissions: [{ FromPort: 80, IpProtocol: "tcp", IpRanges: [{ CidrIp: "10.0.0.0/16" }], ToPort: 80 }],
  };
  expect(refusedProperties(request)).toEqual(expect.arrayContaining(["GroupId", "IpPermissions"]));
});

test("misplaced and missing arguments are reported together", () => {
  const { cidrIpv4, ...rest } = RULE;
  const failures = refused({ ...rest, cidrBlocks: [cidrIpv4] });
  expect(failures.map(({ property }) => property)).toEqual(["cidrBlocks", "cidrIpv4"]);
});

test("arguments that Pulumi adds are ignored", () => {
  expect(accepted({ ...RULE, __provider: "exports.handler = 1", __defaults: [] })).toEqual(accepted(RULE));
});
