import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceRule } from "../../../cli/typescript/source";
import { listNamed, listOfSize } from "../../ec2/lists";
import { endpoint } from "../../world";
import { runBin } from "../program/bin";
import { folder, GROUP, printedFile, printedRule } from "./files";
import { fillGroup } from "./madeGroup";

const run = (...args: string[]) => runBin(["generate", ...args], { env: endpoint.env });

test("reads groups from EC2, and names them and their destinations", async () => {
  const [web = "", database = ""] = await endpoint.makeGroups(2);
  const { code, stdout, stderr } = await run(web, database);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^const group1 = "sg-\w+";\nconst group2 = "sg-\w+";$/m);
  expect(stdout).toMatch(/new EgressPolicy\("group-1", \{\n {2}securityGroup: group1,/);
  expect(stderr).toContain(`${web}: all traffic to 0.0.0.0/0 (sgr-`);
});

test("names prefix lists, except those that share a name", async () => {
  const ec2 = endpoint.client();
  const [group = ""] = await endpoint.makeGroups(1);
  const s3 = await listNamed(ec2, "com.amazonaws.us-east-1.s3");
  const [own, shared] = [await listOfSize(ec2, 3), await listOfSize(ec2, 2)];
  await listOfSize(ec2, 2);
  const rules = [s3, own, shared].map(
    (value): SourceRule => ({
      port: { protocol: "tcp", fromPort: 443, toPort: 443 },
      to: { kind: "prefixList", value },
    }),
  );
  await fillGroup(endpoint, ec2, group, rules);
  const { stdout } = await run(group);
  expect(stdout).toContain('allow.s3({ description: "" })');
  expect(stdout).toContain('Peer.prefixList({ name: "size-3" })');
  expect(stdout).toContain(`"${shared}"`);
  expect(stdout).not.toContain("size-2");
});

test("uses ids where it lacks the right to read names, and reports which right it needs", async () => {
  const [group = ""] = await endpoint.makeGroups(1);
  await endpoint.deny(["DescribeSecurityGroups"]);
  try {
    const { code, stdout, stderr } = await run(group);
    expect(code).toBe(0);
    expect(stdout).toContain(`const securityGroup = "${group}";`);
    expect(stderr).toContain("reading names requires ec2:DescribeSecurityGroups");
  } finally {
    await endpoint.deny([]);
  }
});

test("exits with 2 without the right to read rules, and names that right", async () => {
  const [group = ""] = await endpoint.makeGroups(1);
  await endpoint.deny(["DescribeSecurityGroupRules"]);
  try {
    const { code, stdout, stderr } = await run(group);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("ec2:DescribeSecurityGroupRules");
    expect(stderr).not.toMatch(/^\s+at /m);
  } finally {
    await endpoint.deny([]);
  }
});

test("exits with 2 if the group does not exist", async () => {
  const { code, stdout, stderr } = await run("sg-0123456789abcdef0", "--region", "us-east-1");
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(
    'there is no group "sg-0123456789abcdef0" in us-east-1: check its id and --region',
  );
});

test("exits with 2 if the profile does not exist", async () => {
  const { code, stderr } = await runBin(["generate", GROUP, "--profile", "nobody"], {
    env: { ...endpoint.env, AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
  });
  expect(code).toBe(2);
  expect(stderr).toContain("nobody");
});

test("writes a whole file or none, and leaves no other file", async () => {
  const rules = printedFile(printedRule(443, { CidrIpv4: "10.0.0.0/16" }));
  const out = join(folder, "policy.ts");
  const { code, stdout } = await run("--rules", rules, "--out", out);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(readFileSync(out, "utf8")).toContain("new EgressPolicy(");

  writeFileSync(out, "what was there");
  const refused = await run("--rules", printedFile({}), "--out", out);
  expect(refused.code).toBe(2);
  expect(readFileSync(out, "utf8")).toBe("what was there");

  const nowhere = await run("--rules", rules, "--out", join(folder, "none", "policy.ts"));
  expect(nowhere.code).toBe(2);
  expect(nowhere.stderr).toContain("policy.ts cannot be written");
  expect(readdirSync(folder).filter((file) => file.includes(".tmp"))).toEqual([]);
});

test("reads a file without loading the AWS SDK", async () => {
  const hook = join(folder, "hook.cjs");
  writeFileSync(
    hook,
    `process.on("exit", () => process.stderr.write(Object.keys(require.cache).join("\\n")));`,
  );
  const rules = printedFile(printedRule(443, { CidrIpv4: "10.0.0.0/16" }));
  const { code, stderr } = await runBin(["generate", "--rules", rules], { node: ["--require", hook] });
  expect(code).toBe(0);
  expect(stderr).toContain("commander");
  expect(stderr).not.toMatch(/node_modules.(@aws-sdk|@smithy)\b/);
});
