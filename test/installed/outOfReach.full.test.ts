import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeCli, withLanguageHost } from "../engine/cli";
import { ROOT } from "../setup";
import { endpoint } from "../world";
import { type Manager, npm, npmLinked, pnpm, withSettings, yarnPnp } from "./managers";
import { exec, pack, scratch } from "./packed";
import { depend, IN_WORKSPACE, makeProject, type Project, versionOf, writeFiles } from "./project";
import { tool } from "./tool";

const TIMEOUT_MS = 300_000;

let tarball: string;

beforeAll(async () => {
  ({ tarball } = await pack());
});

/** The error of a program that depends on the package only through another. */
function toldOf({ program }: Project): string {
  return `error: EgressRule "to-lan": Pulumi cannot find pulumi-aws-egress from the program's folder ${program} or beside its SDK`;
}

const HIDING: { readonly [name: string]: Manager } = {
  "npm's linked strategy": npmLinked,
  "pnpm without hoisting": withSettings(pnpm, { hoist: false }),
  "Yarn Plug'n'Play": yarnPnp,
};

for (const [name, manager] of Object.entries(HIDING)) {
  withLanguageHost(
    `${name}: the error names the folder, and the dependency that it asks for is enough`,
    async () => {
      const project = await makeProject(name, IN_WORKSPACE, { manager, tarball });
      await project.install();
      expect(await preview(project)).toContain(toldOf(project));

      await depend(project, { "pulumi-aws-egress": `file:${tarball}` });
      await project.install();
      expect(await preview(project)).toContain("+ 3 to create");
    },
    TIMEOUT_MS,
  );
}

withLanguageHost(
  "pnpm without hoisting: publicHoistPattern is enough, as the error advises",
  async () => {
    const manager = withSettings(pnpm, { hoist: false, publicHoistPattern: ["pulumi-aws-egress"] });
    const project = await makeProject("publicHoistPattern", IN_WORKSPACE, { manager, tarball });
    await project.install();
    expect(await preview(project)).toContain("+ 3 to create");
  },
  TIMEOUT_MS,
);

withLanguageHost(
  "a program bundled with esbuild: the same error, until the package is beside it",
  async () => {
    const program = join(scratch, "bundle");
    const manifest = { name: "shop", dependencies: { "@pulumi/pulumi": await versionOf("@pulumi/pulumi") } };
    await writeFiles(program, {
      "package.json": JSON.stringify(manifest),
      "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
      "source.js": `
        const { EgressRule } = require("pulumi-aws-egress");
        const securityGroupId = new (require("@pulumi/pulumi").Config)().require("securityGroupId");
        new EgressRule("to-lan", { securityGroupId, ipProtocol: "-1", cidrIpv4: "10.0.0.0/16" });
      `,
    });
    const options = ["--bundle", "--platform=node", "--external:@pulumi/pulumi", "--outfile=index.js"];
    const env = { ...process.env, NODE_PATH: join(ROOT, "node_modules") };
    await exec(tool(".bin", "esbuild"), ["source.js", ...options], { cwd: program, env });
    const install = async () => {
      const [command, ...args] = npm.install();
      await exec(command, args, { cwd: program });
    };
    const project = { root: program, program, install };
    await project.install();
    expect(await preview(project)).toContain(toldOf(project));

    await depend(project, { "pulumi-aws-egress": `file:${tarball}` });
    await project.install();
    expect(await preview(project)).toContain("+ 2 to create");
  },
  TIMEOUT_MS,
);

withLanguageHost(
  "a program and its team's package with different versions: the error names both, and their folders",
  async () => {
    const own = await otherVersion("999.0.0");
    const project = await makeProject("two versions", IN_WORKSPACE, { manager: npm, tarball, own });
    await project.install();
    const printed = await preview(project);
    const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
    expect(printed).toContain(`the program uses pulumi-aws-egress ${version} (${project.root}`);
    expect(printed).toContain(`from the program's folder Pulumi finds 999.0.0 (${project.root}`);
    expect(printed).not.toContain("+ 3 to create");
  },
  TIMEOUT_MS,
);

/** The package as a later version of it, without the changes. */
async function otherVersion(version: string): Promise<string> {
  const folder = join(scratch, `egress-${version}`);
  await mkdir(folder);
  await exec("tar", ["-xzf", tarball, "-C", folder, "--strip-components=1"]);
  for (const file of ["package.json", join("dist", "provider", "ownPackage.js")]) {
    const text = await readFile(join(folder, file), "utf8");
    await writeFile(join(folder, file), text.replace(/(version"?: )"[^"]+"/, `$1"${version}"`));
  }
  return (await pack(folder)).tarball;
}

/** The output of the preview, even if it fails. */
async function preview({ root, program }: Project): Promise<string> {
  const { groupIds } = await endpoint.makeNetwork();
  // As `yarn exec pulumi preview` sets it.
  const pnp = join(root, ".pnp.cjs");
  const env = existsSync(pnp) ? { NODE_OPTIONS: `--require "${pnp}"` } : {};
  const cli = await makeCli(program, endpoint, { securityGroupId: groupIds[0] }, { env });
  try {
    return await cli.pulumi("preview");
  } catch (error) {
    // A failed command has printed the reason.
    const { stdout }: { stdout?: unknown } = Object(error);
    if (typeof stdout !== "string") throw error;
    return stdout;
  } finally {
    await cli.remove();
  }
}
