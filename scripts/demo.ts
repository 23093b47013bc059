/**
 * Shows the package's main job from end to end, on the real engine and a local EC2 endpoint: what a program declares,
 * what EC2 then holds, and what happens to respelled, edited, lost and bad rules.
 */
import {
  AuthorizeSecurityGroupEgressCommand,
  RevokeSecurityGroupEgressCommand,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import Table from "cli-table3";
import ora from "ora";
import {
  AllowHttpsOut,
  allow,
  type CidrIpv4Destination,
  EgressPolicy,
  EgressRule,
  type RuleArgs,
} from "../index";
import { startEndpoint } from "../test/ec2/endpoint";
import { makeStack, type Ran } from "../test/engine/stack";
import putToolsOnPath from "../test/globalSetup";

/** The demo's claims, and whether each came true. */
const claims: { readonly claim: string; readonly held: boolean }[] = [];
const started = performance.now();

async function demo(): Promise<void> {
  putToolsOnPath();
  const endpoint = await during("Starting the EC2 endpoint", startEndpoint);
  const { groupIds } = await during("Making a VPC with two security groups", endpoint.makeNetwork);
  const [web, database] = groupIds;
  const stack = await during("Making a Pulumi stack in a temporary folder", () => makeStack(endpoint));

  const program =
    (toLan: Partial<CidrIpv4Destination & RuleArgs> = {}) =>
    async () => {
      const lan = new EgressRule("to-lan", {
        securityGroupId: web,
        ipProtocol: "tcp",
        fromPort: 80,
        toPort: 80,
        cidrIpv4: "10.0.0.0/16",
        description: "intranet",
        ...toLan,
      });
      new EgressRule("to-database", {
        securityGroupId: web,
        ipProtocol: "tcp",
        fromPort: 80,
        toPort: 80,
        referencedSecurityGroupId: database,
      });
      new AllowHttpsOut("web", { securityGroup: web, to: ["10.0.0.0/16", "2001:db8::/32", database] });
      return { id: lan.securityGroupRuleId };
    };
  const showRules = async () => console.log(tableOf(await endpoint.rules(web)));

  try {
    chapter("A program with two rules and an intent");
    const preview = await during("pulumi preview", () => stack.preview(program()));
    claim("preview announces 5 rules and sends nothing", preview.changes.create === 7);
    await endpoint.reset();
    const first = await during("pulumi up", () => stack.up(program()));
    const calls = await endpoint.count();
    const { AuthorizeSecurityGroupEgress: sent = 0 } = calls;
    claim(`up makes the 5 rules in ${sent} calls`, first.ok && sent >= 1 && sent <= 5);
    console.log("\nWhat EC2 now reports for the group (the first rule came with the group):");
    await showRules();

    chapter("The same program in another spelling");
    const respelled = { ipProtocol: "6", fromPort: "80", cidrIpv4: "10.0.77.1/16" };
    const same = await during("pulumi preview", () => stack.preview(program(respelled)));
    claim("tcp as 6, a port as text and host bits in the CIDR: no changes", same.changes.same === 7);

    chapter("An edited description");
    await endpoint.reset();
    const edited = await during("pulumi up", () => stack.up(program({ description: "intranet and wiki" })));
    claim(
      "one update, and the rule keeps its id",
      edited.changes.update === 1 && edited.outputs.id === first.outputs.id,
    );
    claim("one call", (await endpoint.count()).ModifySecurityGroupRules === 1);

    chapter("A rule removed behind Pulumi's back");
    const SecurityGroupRuleIds = [String(first.outputs.id)];
    await during("Revoking a rule with the AWS SDK", () =>
      endpoint.client().send(new RevokeSecurityGroupEgressCommand({ GroupId: web, SecurityGroupRuleIds })),
    );
    const refreshed = await during("pulumi refresh", stack.refresh);
    claim("refresh finds it gone", refreshed.changes.delete === 1);
    const repaired = await during("pulumi up", () => stack.up(program()));
    claim("up makes it again", repaired.changes.create === 1);
    await showRules();

    chapter("A bad rule");
    const bad = await during("pulumi preview", () =>
      stack.preview(program({ cidrIpv4: "1.2.3.4", toPort: 79 })),
    );
    console.log(errorsIn(bad));
    claim("preview refuses it, with all that is wrong", !bad.ok && errorsIn(bad).split("\n").length === 2);

    chapter("A whole group: 58 rules, and nothing else");
    const [app = ""] = await endpoint.makeGroups(1);
    const stranger = { IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
    await during("Letting SSH out of another group by hand", () =>
      endpoint
        .client()
        .send(new AuthorizeSecurityGroupEgressCommand({ GroupId: app, IpPermissions: [stranger] })),
    );
    const networks = Array.from({ length: 55 }, (_, place) => `10.${place}.0.0/16`);
    const withPolicy = async () => {
      await program()();
      new EgressPolicy("app", {
        securityGroup: app,
        allow: [allow.https(networks), allow.postgres(database), allow.dns(web)],
      });
    };
    const seen = await during("pulumi preview", () => stack.preview(withPolicy));
    claim("preview shows them as one resource", seen.changes.create === 2);
    await endpoint.reset();
    await during("pulumi up", () => stack.up(withPolicy));
    const few = await endpoint.calls();
    const held = await endpoint.rules(app);
    claim(
      `${few.length} calls make them, and take away what was there`,
      few.length <= 4 && held.length === 58,
    );
    await endpoint.reset();
    const again = await during("pulumi up", () => stack.up(withPolicy));
    claim("a second up sends nothing", again.changes.same === 9 && (await endpoint.calls()).length === 0);

    chapter("Taking all of it away");
    const destroyed = await during("pulumi destroy", stack.destroy);
    const left = await endpoint.rules(web);
    const nothing = await endpoint.rules(app);
    claim(
      "only the rule that came with the first group is left, and nothing may leave the other",
      destroyed.ok && left.length === 1 && nothing.length === 0,
    );
    await showRules();
  } finally {
    await stack.remove();
    await endpoint.stop();
  }
}

function chapter(title: string): void {
  console.log(`\n── ${title}`);
}

async function during<T>(what: string, work: () => Promise<T>): Promise<T> {
  const spinner = ora(what).start();
  const since = performance.now();
  try {
    const result = await work();
    spinner.succeed(`${what} (${secondsSince(since)} s)`);
    return result;
  } catch (error) {
    spinner.fail(what);
    throw error;
  }
}

function claim(text: string, held: boolean): void {
  claims.push({ claim: text, held });
  console.log(`  ${held ? "✔" : "✖ NOT SO:"} ${text}`);
}

function tableOf(rules: readonly SecurityGroupRule[]): string {
  const head = ["rule", "protocol", "ports", "destination", "description"];
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  for (const rule of rules) {
    const ports = rule.FromPort === rule.ToPort ? rule.FromPort : `${rule.FromPort}-${rule.ToPort}`;
    table.push([
      rule.SecurityGroupRuleId ?? "",
      rule.IpProtocol === "-1" ? "all" : rule.IpProtocol,
      rule.IpProtocol === "-1" ? "all" : ports,
      rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId,
      rule.Description ?? "",
    ]);
  }
  return table.toString();
}

function errorsIn({ printed }: Ran): string {
  const lines = printed.split("\n").filter((line) => line.includes("has a problem"));
  return [...new Set(lines.map((line) => line.trim()))].join("\n");
}

function secondsSince(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}

function summarise(): void {
  const failed = claims.filter(({ held }) => !held);
  console.log(`\n${claims.length - failed.length} of ${claims.length} held, in ${secondsSince(started)} s`);
  if (failed.length > 0) process.exitCode = 1;
}

demo()
  .then(summarise)
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
