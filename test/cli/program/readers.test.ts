import { readRecorded, told } from "./told";

/** Ids that the recording made up: they differ between recordings. */
const anyId = (text: string) => text.replace(/\b(sg)-[0-9a-f]{8,17}\b/g, "sg-…");

async function change(program: string) {
  return JSON.parse(anyId(JSON.stringify(told(await readRecorded(program)))));
}

test("aws.vpc.SecurityGroupEgressRule: changes, unchanged rules, and groups that the change creates", async () => {
  expect(await change("egressRules")).toEqual({
    web: {
      before: [
        "tcp 443 to 10.0.4.0/24: widens, updates, index.ts:14",
        "tcp 5432 to database: stays, index.ts:7",
      ],
      after: [
        "tcp 443 to 10.0.4.0/22: widens, updates, index.ts:16",
        "tcp 5432 to database: stays, index.ts:9",
        "tcp 6379 to cache: to-cache, sessions, index.ts:24",
      ],
    },
    // Another group by its id, and the same one in the program.
    database: { before: ["all traffic to 2001:db8::/32: goes, index.ts:22"], after: [] },
    cache: { before: "-", after: ["tcp 443 to pl-0123456789abcdef0: from-cache, index.ts:32"] },
  });
});

test("aws.ec2.SecurityGroupRule: several rules in one resource, only of type egress", async () => {
  const several = "several, several in one";
  expect(await change("groupRules")).toEqual({
    web: {
      before: [
        `tcp 443 to 10.0.0.0/24: ${several}, index.ts:4`,
        `tcp 443 to 10.0.1.0/24: ${several}, index.ts:4`,
        `tcp 443 to 2001:db8::/64: ${several}, index.ts:4`,
        `tcp 443 to pl-0123456789abcdef0: ${several}, index.ts:4`,
      ],
      after: [
        `tcp 443 to 10.0.0.0/23: ${several}, index.ts:5`,
        `tcp 443 to 2001:db8::/64: ${several}, index.ts:5`,
        `tcp 443 to pl-0123456789abcdef0: ${several}, index.ts:5`,
      ],
    },
    api: {
      before: "-",
      after: ["all traffic to api: among, index.ts:24", "tcp 8080-8081 to sg-…: to-web, index.ts:32"],
    },
  });
});

test("aws.ec2.SecurityGroup and DefaultSecurityGroup: their in-line rules", async () => {
  expect(await change("inLine")).toEqual({
    database: { before: [], after: [] },
    default: { before: ["tcp 443 to 10.0.0.0/8: default, index.ts:12"], after: [] },
    web: {
      before: [
        "all traffic to 0.0.0.0/0: web, as it always was, index.ts:5",
        "tcp 5432 to sg-…: web, index.ts:5",
      ],
      after: [
        "tcp 443 to 10.0.0.0/16: web, updates, index.ts:5",
        "tcp 443 to 2001:db8::/32: web, updates, index.ts:5",
        "tcp 443 to sg-…: web, updates, index.ts:5",
        "tcp 5432 to sg-…: web, index.ts:5",
      ],
    },
  });
});

test("aws-native: SecurityGroupEgress, and the in-line rules of SecurityGroup", async () => {
  const ofEc2 = "jobs, EC2 allows all traffic from a new group, index.ts:9";
  expect(await change("native")).toEqual({
    jobs: {
      before: [`all traffic to 0.0.0.0/0: ${ofEc2}`, `all traffic to ::/0: ${ofEc2}`],
      after: [`all traffic to 0.0.0.0/0: ${ofEc2}`, `all traffic to ::/0: ${ofEc2}`],
    },
    web: {
      before: [
        "tcp 443 to 10.0.0.0/16: web, updates, index.ts:3",
        "tcp 8080 to sg-…: web-to-jobs, index.ts:10",
      ],
      after: [
        "all traffic to ::/0: web, index.ts:3",
        "tcp 443 to 10.0.0.0/16: web, updates, index.ts:3",
        "tcp 6379 to cache: web-to-cache, index.ts:22",
        "tcp 8080 to sg-…: web-to-jobs, index.ts:10",
      ],
    },
    cache: {
      before: "-",
      after: [
        "all traffic to 127.0.0.1/32: cache, index.ts:11",
        "udp 53 to pl-0123456789abcdef0: cache-to-list, index.ts:29",
      ],
    },
  });
});

test("a group without in-line rules: @pulumi/aws leaves none, aws-native leaves the allow-all rule", async () => {
  const ofEc2 = "all-leaves, EC2 allows all traffic from a new group, index.ts:5";
  expect(await change("nothingSaid")).toEqual({
    "none-leaves": { before: "-", after: [] },
    "all-leaves": {
      before: "-",
      after: [`all traffic to 0.0.0.0/0: ${ofEc2}`, `all traffic to ::/0: ${ofEc2}`],
    },
  });
});

test("this package's rules, sets, components and policies, with the program's line, not the package's", async () => {
  const model = await readRecorded("ownRules");
  const texts = Object.values(told(model)).map((group) => anyId(JSON.stringify(group)));
  const expected = [
    {
      before: [
        "tcp 443 to 10.0.4.0/24: updates, package updates, index.ts:22",
        "tcp 8080 to 10.1.0.0/16: narrower, index.ts:15",
        "udp 514 to 10.9.0.0/24: stays, logs, index.ts:7",
      ],
      after: [
        "tcp 443 to 10.0.4.0/22: updates, package updates, index.ts:24",
        "tcp 8080 to 10.1.2.0/24: narrower, index.ts:17",
        "udp 514 to 10.9.0.0/24: stays, logs, index.ts:7",
      ],
    },
    {
      before: [
        "icmp type 8 to 10.0.0.0/16: jobs, index.ts:23",
        "tcp 443 to 10.0.0.0/16: jobs, registry, index.ts:23",
      ],
      after: [
        "tcp 22 to 203.0.113.0/24: jobs, deploys, index.ts:33",
        "tcp 443 to 10.0.0.0/16: jobs, registry, index.ts:33",
        // The set's check knows only "a destination not yet known" for it.
        "tcp 5432 to database: jobs, index.ts:33",
      ],
    },
    {
      before: [
        "nothing but what policed declares",
        "tcp 5432 to 10.2.0.0/16: policed, PostgreSQL, index.ts:30",
      ],
      after: [
        "nothing but what policed declares",
        "tcp 443 to 10.3.0.0/16: policed, HTTPS, index.ts:47",
        "tcp 5432 to 10.2.0.0/16: policed, PostgreSQL, index.ts:47",
      ],
    },
    { before: "-", after: ["tcp 443 to 10.0.0.0/8: from-database, backups, index.ts:25"] },
    // An exclusive set that is deleted, and leaves the rule that EC2 gives a new group.
    {
      before: ["nothing but what open declares"],
      after: ['all traffic to 0.0.0.0/0: open, restored by onDestroy: "restoreDefault", index.ts:31'],
    },
  ];
  expect(texts.sort()).toEqual(expected.map((group) => JSON.stringify(group)).sort());
});

test("secrets and unknowns are marked as such, and never mistaken for values", async () => {
  expect(await change("notKnown")).toEqual({
    web: {
      before: ["not known: cidrIpv4 is secret: partner, index.ts:5"],
      after: [
        "not known: cidrIpv4 is secret: partner, index.ts:8",
        'not known: cidrIpv6 is unknown: it comes from "vpc": later, index.ts:15',
      ],
    },
    one: { before: "-", after: [] },
    other: { before: "-", after: [] },
    // It may be either, so it counts as neither.
    'an unknown group, from "one" and "other"': {
      before: [],
      after: ['not known: securityGroupId is unknown: it comes from "one" and "other": either, index.ts:23'],
    },
    'an unknown group, from "vpc"': {
      before: [],
      after: ['not known: securityGroupId is unknown: it comes from "vpc": of-default, index.ts:32'],
    },
  });
});
