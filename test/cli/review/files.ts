import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Inputs = Readonly<Record<string, unknown>>;

const TYPE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const urnOf = (name: string) => `urn:pulumi:prod::shop::${TYPE}::${name}`;

/** The files of a change, as the CLI writes them: resources in state, and new ones. */
export function writeChange(
  state: Readonly<Record<string, Inputs>>,
  created: Readonly<Record<string, Inputs>>,
) {
  const folder = mkdtempSync(join(tmpdir(), "egress-review-"));
  const write = (name: string, content: unknown) => {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };
  const resources = Object.entries(state).map(([name, inputs]) => ({
    urn: urnOf(name),
    type: TYPE,
    custom: true,
    id: `sgr-${name}`,
    inputs,
    outputs: inputs,
  }));
  const steps = Object.entries(created).map(([name, inputs], at) => ({
    op: "create",
    urn: urnOf(name),
    newState: {
      urn: urnOf(name),
      type: TYPE,
      custom: true,
      inputs,
      sourcePosition: `project:///index.ts#${at + 4},1`,
    },
  }));
  return {
    folder,
    state: write("state.json", { version: 3, deployment: { resources } }),
    preview: write("preview.json", { steps, changeSummary: { create: steps.length } }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A rule of `@pulumi/aws` on a group. */
export function tcp(port: number, cidrIpv4: string, securityGroupId = "sg-0123456789abcdef0"): Inputs {
  return {
    securityGroupId,
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    cidrIpv4,
    description: `to ${port}`,
  };
}
