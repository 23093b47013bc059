/**
 * Draws docs/preview.svg: a terminal in which `pulumi preview` refuses a duplicate, as the real CLI does it against a
 * local EC2 endpoint. Run by `npx tsx scripts/picture.ts`.
 */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Endpoint, startEndpoint } from "../test/ec2/endpoint";
import { makeStackFolder } from "../test/engine/stackFolder";
import putToolsOnPath from "../test/globalSetup";
import { terminalSvg } from "./terminalSvg";

export const PICTURE = join(__dirname, "..", "docs", "preview.svg");

/** Regenerated in each run, but the picture should stay the same. */
const GROUP = "sg-0123456789abcdef0";

// One resource waits for the other, so that the same one is refused each time.
const PROGRAM = `import { AllowHttpsOut, EgressRule } from "pulumi-aws-egress";

const web = "${GROUP}";
const updates = new AllowHttpsOut("updates", { securityGroup: web, to: ["10.0.0.0/16"] });
const lan = { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" };
new EgressRule("intranet", { securityGroupId: web, ...lan }, { dependsOn: updates });`;

/** The picture, from a run of the CLI. */
export async function picture(endpoint: Endpoint): Promise<string> {
  const { groupIds } = await endpoint.makeNetwork();
  const printed = (await previewOf(endpoint, PROGRAM.replaceAll(GROUP, groupIds[0]))).replaceAll(
    groupIds[0],
    GROUP,
  );
  const lines = ["$ cat index.ts", ...PROGRAM.split("\n"), "", "$ pulumi preview", ...errorsIn(printed)];
  return terminalSvg("pulumi preview refuses a duplicate rule and names both resources", lines);
}

/** The output of `pulumi preview` for a program that it refuses. */
async function previewOf(endpoint: Endpoint, program: string): Promise<string> {
  const { folder, env, configFile, remove } = await makeStackFolder({
    project: "shop",
    name: "prod",
    config: {},
  });
  const compilerOptions = {
    module: "nodenext",
    moduleResolution: "nodenext",
    strict: true,
    skipLibCheck: true,
  };
  try {
    await writeFile(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    await writeFile(join(folder, "package.json"), '{ "name": "shop", "main": "index.ts" }');
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
    await writeFile(join(folder, "index.ts"), program);
    const args = ["preview", "--stack", "prod", "--config-file", configFile];
    const options = { cwd: folder, env: { ...process.env, ...endpoint.env, ...env } };
    return await new Promise((resolve, reject) =>
      execFile("pulumi", [...args, "--non-interactive", "--color=never"], options, (error, out, err) =>
        error ? resolve(out) : reject(new Error(`preview did not refuse the program: ${out}${err}`)),
      ),
    );
  } finally {
    await remove();
  }
}

/** The "Diagnostics" of resources with an error: the rest differs between runs and machines. */
function errorsIn(printed: string): string[] {
  const [, diagnostics = ""] = /^Diagnostics:\n([\s\S]*?)^\S/m.exec(printed) ?? [];
  const errors = diagnostics.split(/^(?= {2}\S)/m).filter((said) => said.includes("error:"));
  if (errors.length === 0) throw new Error(`no error in ${printed}`);
  return ["Diagnostics:", ...errors.join("").trimEnd().split("\n")];
}

async function draw(): Promise<void> {
  await putToolsOnPath();
  const endpoint = await startEndpoint();
  try {
    writeFileSync(PICTURE, await picture(endpoint));
  } finally {
    await endpoint.stop();
  }
}

if (require.main === module) {
  draw().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
}
