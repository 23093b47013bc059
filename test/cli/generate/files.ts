import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for one test file, and a way to write into it. */
export let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "egress-generate-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let written = 0;

/** Writes a text into its own file. */
export function fileOf(text: string): string {
  const file = join(folder, `rules-${++written}.json`);
  writeFileSync(file, text);
  return file;
}

/** The output of `aws ec2 describe-security-group-rules`. */
export function printedFile(...rules: readonly object[]): string {
  return fileOf(JSON.stringify({ SecurityGroupRules: rules }, undefined, 4));
}

export const GROUP = "sg-0123456789abcdef0";

let made = 0;

/** A rule as the AWS CLI prints it, by default `tcp` on one port. */
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
