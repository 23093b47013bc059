import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of one test file, and a way to write into it. */
export let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "egress-generate-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let written = 0;

/** Writes a text into a file of its own. */
export function fileOf(text: string): string {
  const file = join(folder, `rules-${++written}.json`);
  writeFileSync(file, text);
  return file;
}

/** What `aws ec2 describe-security-group-rules` prints. */
export function printedFile(...rules: readonly object[]): string {
  return fileOf(JSON.stringify({ SecurityGroupRules: rules }, undefined, 4));
}

export const GROUP = "sg-0123456789abcdef0";

let made = 0;

/** A rule as it is printed, `tcp` on one port where nothing else is said. */
export function printedRule(port: number, more: object = {}): object {
  const id = `sgr-${String(++made).padStart(17, "0")}`;
  return {
    SecurityGroupRuleId: id,
    GroupId: GROUP,
    GroupOwnerId: "123456789012",
    IsEgress: true,
    IpProtocol: "tcp",
    FromPort: port,
    ToPort: port,
    Tags: [],
    SecurityGroupRuleArn: `arn:aws:ec2:eu-west-1:123456789012:security-group-rule/${id}`,
    ...more,
  };
}
