import type * as pulumi from "@pulumi/pulumi";
import * as egress from "../../index";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { makeStack } from "./stack";

type Make = (name: string, args: egress.AllowOutArgs, opts?: pulumi.ComponentResourceOptions) => unknown;

/** What each component opens, written by hand: to 10.0.0.0/16 by default. */
const FAMILY: { readonly [component: string]: readonly [Make, ...string[]] } = {
  AllowHttpsOut: [(...of) => new egress.AllowHttpsOut(...of), "tcp 443-443"],
  AllowHttpOut: [(...of) => new egress.AllowHttpOut(...of), "tcp 80-80"],
  AllowDnsOut: [(...of) => new egress.AllowDnsOut(...of), "udp 53-53", "tcp 53-53"],
  AllowNtpOut: [(...of) => new egress.AllowNtpOut(...of), "udp 123-123"],
  AllowSmtpOut: [(...of) => new egress.AllowSmtpOut(...of), "tcp 587-587"],
  AllowPostgresOut: [(...of) => new egress.AllowPostgresOut(...of), "tcp 5432-5432"],
  AllowMySqlOut: [(...of) => new egress.AllowMySqlOut(...of), "tcp 3306-3306"],
  AllowMsSqlOut: [(...of) => new egress.AllowMsSqlOut(...of), "tcp 1433-1433"],
  AllowOracleOut: [(...of) => new egress.AllowOracleOut(...of), "tcp 1521-1521"],
  AllowRedshiftOut: [(...of) => new egress.AllowRedshiftOut(...of), "tcp 5439-5439"],
  AllowRedisOut: [(...of) => new egress.AllowRedisOut(...of), "tcp 6379-6379"],
  AllowMemcachedOut: [(...of) => new egress.AllowMemcachedOut(...of), "tcp 11211-11211"],
  AllowMongoDbOut: [(...of) => new egress.AllowMongoDbOut(...of), "tcp 27017-27017"],
  AllowCassandraOut: [(...of) => new egress.AllowCassandraOut(...of), "tcp 9042-9042"],
  AllowKafkaOut: [(...of) => new egress.AllowKafkaOut(...of), "tcp 9094-9094"],
  AllowAmqpOut: [(...of) => new egress.AllowAmqpOut(...of), "tcp 5671-5671"],
  AllowMqttOut: [(...of) => new egress.AllowMqttOut(...of), "tcp 8883-8883"],
  AllowOpenSearchOut: [
    (name, args, opts) => new egress.AllowOpenSearchOut(name, { ...args, variant: "elasticsearch" }, opts),
    "tcp 9200-9200",
  ],
  AllowNfsOut: [(...of) => new egress.AllowNfsOut(...of), "tcp 2049-2049"],
  AllowSmbOut: [(...of) => new egress.AllowSmbOut(...of), "tcp 445-445"],
  AllowLdapsOut: [(...of) => new egress.AllowLdapsOut(...of), "tcp 636-636"],
  AllowSshOut: [(...of) => new egress.AllowSshOut(...of), "tcp 22-22"],
  AllowRdpOut: [(...of) => new egress.AllowRdpOut(...of), "tcp 3389-3389", "udp 3389-3389"],
  AllowSyslogOut: [(...of) => new egress.AllowSyslogOut(...of), "udp 514-514", "tcp 514-514"],
  AllowOtlpOut: [(...of) => new egress.AllowOtlpOut(...of), "tcp 4317-4318"],
  AllowVaultOut: [(...of) => new egress.AllowVaultOut(...of), "tcp 8200-8200"],
  AllowKubernetesApiOut: [
    (name, args, opts) => new egress.AllowKubernetesApiOut(name, { ...args, variant: "selfManaged" }, opts),
    "tcp 6443-6443",
  ],
  AllowPingOut: [(...of) => new egress.AllowPingOut(...of), "icmp 8-0"],
  AllowPathMtuDiscoveryOut: [(...of) => new egress.AllowPathMtuDiscoveryOut(...of), "icmp 3-4"],
  AllowIpsecOut: [
    (...of) => new egress.AllowIpsecOut(...of),
    "udp 500-500",
    "udp 4500-4500",
    "50 all",
    "51 all",
  ],
  AllowWireGuardOut: [(...of) => new egress.AllowWireGuardOut(...of), "udp 51820-51820"],
  AllowAllOut: [
    (name, { securityGroup, to }, opts) =>
      new egress.AllowAllOut(name, { securityGroup, to, description: "a test" }, opts),
    "-1 all",
  ],
  AllowOut: [
    (name, args, opts) => new egress.AllowOut(name, { ...args, ports: egress.Port.tcp(8443) }, opts),
    "tcp 8443-8443",
  ],
};

/** Those with destinations beyond a CIDR, each on its own group. */
const ELSEWHERE: { readonly [component: string]: readonly [Make, ...string[]] } = {
  AllowS3Out: [(name, { securityGroup }) => new egress.AllowS3Out(name, { securityGroup }), "s3"],
  AllowDynamoDbOut: [
    (name, { securityGroup }) => new egress.AllowDynamoDbOut(name, { securityGroup }),
    "dynamodb",
  ],
  AllowVpcEndpointsOut: [(...of) => new egress.AllowVpcEndpointsOut(...of), "group"],
  AllowSsmOut: [(...of) => new egress.AllowSsmOut(...of), "group"],
  AllowEcrPullOut: [(...of) => new egress.AllowEcrPullOut(...of), "group", "s3"],
};

test("the table names every component", () => {
  const components = Object.keys(egress).filter((name) => name.startsWith("Allow"));
  expect([...Object.keys(FAMILY), ...Object.keys(ELSEWHERE)].sort()).toEqual(components.sort());
});

strictly("every component creates what the table says, and deletes it", async () => {
  const stack = await makeStack(endpoint);
  try {
    const { groupIds } = await endpoint.makeNetwork();
    const [web] = groupIds;
    const groups: { [component: string]: string } = {};
    for (const component of Object.keys(ELSEWHERE))
      groups[component] = (await endpoint.makeNetwork()).groupIds[0];
    const [endpoints] = (await endpoint.makeNetwork()).groupIds;

    await endpoint.reset();
    const ran = await stack.up(async () => {
      for (const [component, [make]] of Object.entries(FAMILY)) {
        make(component, { securityGroup: web, to: ["10.0.0.0/16"] });
      }
      for (const [component, [make]] of Object.entries(ELSEWHERE)) {
        make(component, { securityGroup: groups[component] ?? "", to: [endpoints] });
      }
    });
    expect(ran.ok).toBe(true);
    // Once for each of the two names, though three components ask.
    expect(await endpoint.count()).toMatchObject({ DescribeManagedPrefixLists: 2 });

    const opened = (await endpoint.rules(web)).filter(({ CidrIpv4 }) => CidrIpv4 === "10.0.0.0/16");
    const asText = opened.map(({ IpProtocol = "", FromPort, ToPort }) =>
      FromPort === -1 && !IpProtocol.startsWith("icmp")
        ? `${IpProtocol} all`
        : `${IpProtocol} ${FromPort}-${ToPort}`,
    );
    const wanted = Object.values(FAMILY).flatMap(([, ...traffic]) => traffic);
    expect(asText.sort()).toEqual([...wanted].sort());

    const lists = new Map(Object.entries(await endpoint.prefixLists()).map(([name, id]) => [id, name]));
    for (const [component, [, ...destinations]] of Object.entries(ELSEWHERE)) {
      const rules = (await endpoint.rules(groups[component] ?? "")).filter(
        ({ IpProtocol }) => IpProtocol === "tcp",
      );
      const reached = rules.map(({ FromPort, ToPort, PrefixListId, ReferencedGroupInfo }) => {
        expect([component, FromPort, ToPort]).toEqual([component, 443, 443]);
        return ReferencedGroupInfo?.GroupId === endpoints
          ? "group"
          : lists
              .get(PrefixListId ?? "")
              ?.split(".")
              .at(-1);
      });
      expect([component, ...reached.sort()]).toEqual([component, ...[...destinations].sort()]);
    }

    expect((await stack.destroy()).ok).toBe(true);
    for (const group of [web, ...Object.values(groups)]) {
      expect(await endpoint.rules(group)).toMatchObject([{ IpProtocol: "-1" }]);
    }
  } finally {
    await stack.remove();
  }
});

strictly("preview refuses a prefix list name that does not exist", async () => {
  const stack = await makeStack(endpoint);
  try {
    const [web] = (await endpoint.makeNetwork()).groupIds;
    const ran = await stack.preview(async () => {
      const to = [egress.Peer.prefixList({ name: "no.such.list" })];
      new egress.AllowHttpsOut("web", { securityGroup: web, to });
    });
    expect(ran.ok).toBe(false);
    expect(ran.printed).toContain("rules[0].prefixListName");
    expect(ran.printed).toContain('"no.such.list": no prefix list has this name in us-east-1');
  } finally {
    await stack.remove();
  }
});

test("reordering, respelling and merging change nothing, and one of forty rules is deleted alone", async () => {
  const stack = await makeStack(endpoint);
  try {
    const [web, database] = (await endpoint.makeNetwork()).groupIds;
    const networks = Array.from({ length: 38 }, (_, place) => `10.${place}.0.0/16`);
    const program = (to: egress.Destinations) => async () => {
      new egress.AllowHttpsOut("web", { securityGroup: web, to });
    };
    await stack.up(program([...networks, "2001:db8::/32", database]));
    await endpoint.reset();

    const respelled = networks.map((cidr, place) => cidr.replace(".0.0/", `.${place}.9/`)).reverse();
    const shuffled = [database, "2001:DB8:0::7/32", ...respelled, ...networks.slice(0, 5)];
    expect((await stack.up(program(shuffled))).changes).toEqual({ same: 3 });
    expect(await endpoint.count()).toEqual({});

    const one = (await endpoint.rules(web)).find(({ CidrIpv4 }) => CidrIpv4 === "10.17.0.0/16");
    await endpoint.reset();
    const rest = shuffled.filter((destination) => !destination.startsWith("10.17."));
    expect((await stack.up(program(rest))).changes).toEqual({ same: 2, update: 1 });
    const calls = await endpoint.calls();
    expect(calls.filter(({ action }) => !action.startsWith("Describe"))).toMatchObject([
      {
        action: "RevokeSecurityGroupEgress",
        params: { "SecurityGroupRuleId.1": one?.SecurityGroupRuleId },
      },
    ]);
    await stack.destroy();
  } finally {
    await stack.remove();
  }
});
