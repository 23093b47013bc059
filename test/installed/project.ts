import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ROOT } from "../setup";
import type { Manager } from "./managers";
import { exec, pack, scratch } from "./packed";

/** A user's project, made with the packed package. */
export interface Project {
  /** The package manager's folder. */
  readonly root: string;
  /** The Pulumi program's folder, within it or the same. */
  readonly program: string;
  readonly install: () => Promise<void>;
}

/** How a program gets the resources: directly, through a team's package, or through one of its own repository. */
export type Way = typeof DIRECTLY | typeof BY_TEAM | typeof IN_WORKSPACE;

export const DIRECTLY = "directly";
export const BY_TEAM = "through a team's package";
export const IN_WORKSPACE = "through a package of its workspace";

export interface ProjectOptions {
  readonly manager: Manager;
  /** The tarball of this package. */
  readonly tarball: string;
  /** The tarball of the copy that the program depends on, beside its team's copy. */
  readonly own?: string;
  readonly runtime?: string;
}

export async function makeProject(
  name: string,
  way: Way,
  { manager, tarball, own, runtime = "nodejs" }: ProjectOptions,
): Promise<Project> {
  const root = join(scratch, name);
  const isWorkspace = way === IN_WORKSPACE;
  const program = isWorkspace ? join(root, "apps", "shop") : root;
  const members = isWorkspace ? ["packages/*", "apps/*"] : [];
  const egress = { "pulumi-aws-egress": `file:${tarball}` };
  const overrides = way === BY_TEAM ? egress : {};
  const dependencies = {
    "@pulumi/pulumi": await versionOf("@pulumi/pulumi"),
    ...(way === DIRECTLY && egress),
    ...(own !== undefined && { "pulumi-aws-egress": `file:${own}` }),
    ...(way === BY_TEAM && { "@acme/network": `file:${await packedTeam()}` }),
    ...(isWorkspace && { "@acme/network": manager.member ?? "*" }),
  };
  const shop = { name: "shop", version: "1.0.0", private: true, main: "index.js", dependencies };
  const allow = way === DIRECTLY ? `${NETWORK}exports.allowOut(` : 'require("@acme/network").allowOut(';

  await writeFiles(root, {
    ...(isWorkspace
      ? {
          "package.json": JSON.stringify({ name: "acme", private: true, workspaces: members }),
          ...(await teamFiles(egress, "packages/network/")),
        }
      : {}),
    ...manager.files?.({ members, overrides }),
  });
  await writeFiles(program, {
    // Each manager reads one of the two, and ignores the other.
    "package.json": JSON.stringify(isWorkspace ? shop : { ...shop, overrides, resolutions: overrides }),
    "Pulumi.yaml": `name: shop\nruntime: ${runtime}\n`,
    "index.js": `${runtime === "bun" ? MUST_BE_BUN : ""}${allow}new (require("@pulumi/pulumi").Config)().require("securityGroupId"));\n`,
  });
  const install = async () => {
    const [command, ...args] = manager.install();
    await exec(command, args, { cwd: root });
  };
  return { root, program, install };
}

/** Adds dependencies to a program. */
export async function depend({ program }: Project, dependencies: object): Promise<void> {
  const file = join(program, "package.json");
  const manifest = JSON.parse(await readFile(file, "utf8"));
  Object.assign(manifest.dependencies, dependencies);
  await writeFile(file, JSON.stringify(manifest));
}

export async function writeFiles(folder: string, files: { readonly [name: string]: string }): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

export async function versionOf(name: string): Promise<string> {
  return JSON.parse(await readFile(join(ROOT, "node_modules", name, "package.json"), "utf8")).version;
}

const NETWORK = `
const { EgressRule, EgressRuleSet } = require("pulumi-aws-egress");
exports.allowOut = (securityGroupId) => {
  new EgressRule("to-lan", { securityGroupId, ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "10.0.0.0/16" });
  const updates = { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.1.0.0/16" };
  new EgressRuleSet("updates", { securityGroupId, rules: [updates] });
};
`;

const MUST_BE_BUN = 'if (!process.versions.bun) throw new Error("this is not Bun");\n';

async function teamFiles(dependencies: object, folder = "") {
  const pulumi = await versionOf("@pulumi/pulumi");
  const manifest = {
    name: "@acme/network",
    version: "1.0.0",
    main: "index.js",
    dependencies,
    peerDependencies: { "@pulumi/pulumi": "^3.216.0" },
    devDependencies: { "@pulumi/pulumi": pulumi },
  };
  return { [`${folder}package.json`]: JSON.stringify(manifest), [`${folder}index.js`]: NETWORK };
}

let team: Promise<string> | undefined;

/** The team's package as in its registry: it depends on a version of this one. */
async function packedTeam(): Promise<string> {
  team ??= (async () => {
    const folder = join(scratch, "network");
    await writeFiles(folder, await teamFiles({ "pulumi-aws-egress": "^0.1.0" }));
    return (await pack(folder)).tarball;
  })();
  return team;
}
