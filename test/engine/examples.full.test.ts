import { join } from "node:path";
import { ROOT } from "../setup";
import { endpoint } from "../world";
import { makeCli, withLanguageHost } from "./cli";

/** An example that needs no other plugin, and its result. */
interface Example {
  readonly folder: string;
  /** The stack whose configuration the example ships. */
  readonly configured?: string;
  /** The configuration that it requires, with the ids of two groups. */
  readonly config: (groupIds: readonly [string, string]) => { readonly [key: string]: string };
  /** The rules that it creates on the first group: protocol, port, destination. */
  readonly rules: (groupIds: readonly [string, string]) => readonly string[];
}

const EXAMPLES: { readonly [name: string]: Example } = {
  quickstart: {
    folder: "quickstart",
    config: ([securityGroupId]) => ({ securityGroupId }),
    rules: () => ["tcp 80 10.0.0.0/16", "tcp 443 10.0.0.0/16", "tcp 443 2001:db8::/32"],
  },
  "team-component": {
    folder: "team-component",
    config: ([securityGroupId]) => ({ securityGroupId }),
    rules: () => ["tcp 8443 203.0.113.0/26", "tcp 8443 203.0.113.128/26"],
  },
  "tested-program": {
    folder: "tested-program",
    config: ([appGroupId, databaseGroupId]) => ({ appGroupId, databaseGroupId }),
    rules: ([, database]) => [`tcp 5432 ${database}`, "tcp 443 203.0.113.0/24", "tcp 443 2001:db8:7::/48"],
  },
  "es-modules": {
    folder: "es-modules",
    config: ([securityGroupId]) => ({ securityGroupId }),
    rules: () => ["tcp 443 203.0.113.0/26", "tcp 443 203.0.113.128/26"],
  },
  "environments, dev": {
    folder: "environments",
    configured: "dev",
    config: ([securityGroupId]) => ({ securityGroupId, "aws:region": "us-east-1" }),
    rules: () => ["tcp 5432 10.10.20.0/24", "tcp 443 10.10.40.0/24"],
  },
  "environments, prod": {
    folder: "environments",
    configured: "prod",
    config: ([securityGroupId]) => ({ securityGroupId, "aws:region": "us-east-1" }),
    rules: () => [
      "tcp 5432 10.20.20.0/24",
      "tcp 5432 10.20.21.0/24",
      "tcp 9094 10.20.30.0/24",
      "tcp 443 203.0.113.0/26",
    ],
  },
};

for (const [name, { folder, configured, config, rules }] of Object.entries(EXAMPLES)) {
  withLanguageHost(`${name} goes up, stays up and comes down`, async () => {
    const { groupIds } = await endpoint.makeNetwork();
    const cli = await makeCli(join(ROOT, "examples", folder), endpoint, config(groupIds), { configured });
    try {
      expect(await cli.pulumi("preview")).toMatch(/\+ \d+ to create/);
      expect(await rulesOf(groupIds[0])).toEqual([EVERYTHING]);
      await cli.pulumi("up", "--yes", "--skip-preview");
      expect(await rulesOf(groupIds[0])).toEqual([EVERYTHING, ...rules(groupIds)].sort());
      await cli.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
      await cli.pulumi("destroy", "--yes", "--skip-preview");
      expect(await rulesOf(groupIds[0])).toEqual([EVERYTHING]);
    } finally {
      await cli.remove();
    }
  });
}

/** A new group's initial rule, which no example touches. */
const EVERYTHING = "-1 all 0.0.0.0/0";

async function rulesOf(groupId: string): Promise<string[]> {
  const rules = await endpoint.rules(groupId);
  return rules
    .map(({ IpProtocol, FromPort = -1, CidrIpv4, CidrIpv6, ReferencedGroupInfo }) => {
      const port = FromPort === -1 ? "all" : FromPort;
      return [IpProtocol, port, CidrIpv4 ?? CidrIpv6 ?? ReferencedGroupInfo?.GroupId].join(" ");
    })
    .sort();
}
