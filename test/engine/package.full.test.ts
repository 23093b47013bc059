import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../setup";
import { endpoint } from "../world";
import { makeCli, withLanguageHost } from "./cli";

const exec = promisify(execFile);

let folder: string;
let packed: { filename: string; files: { path: string }[] };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "egress-package-"));
  const { stdout } = await exec("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: ROOT,
  });
  [packed] = JSON.parse(stdout);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("the package holds the compiled code, its types, and what goes with a package", () => {
  const strangers = packed.files
    .map(({ path }) => path)
    .filter(
      (path) => !/^dist\/(index|provider\/.*|components\/.*|testing\/.*|cli\/.*)\.(js|d\.ts)$/.test(path),
    );
  expect(strangers.sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "package.json"]);
});

withLanguageHost(
  "installed in an empty folder, it works with `pulumi up`",
  async () => {
    const project = join(folder, "project");
    await cp(join(ROOT, "examples", "quickstart"), project, { recursive: true });
    const manifest = JSON.parse(await readFile(join(project, "package.json"), "utf8"));
    manifest.dependencies = {
      "@pulumi/pulumi": await versionOf("@pulumi/pulumi"),
      "pulumi-aws-egress": `file:${join(folder, packed.filename)}`,
      typescript: await versionOf("typescript"),
    };
    await writeFile(join(project, "package.json"), JSON.stringify(manifest));
    await exec("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], { cwd: project });

    const { groupIds } = await endpoint.makeNetwork();
    const cli = await makeCli(project, endpoint, { securityGroupId: groupIds[0] });
    try {
      await cli.pulumi("up", "--yes", "--skip-preview");
      expect(await endpoint.rules(groupIds[0])).toHaveLength(4);
      await cli.pulumi("destroy", "--yes", "--skip-preview");
      expect(await endpoint.rules(groupIds[0])).toHaveLength(1);
    } finally {
      await cli.remove();
    }
  },
  300_000,
);

async function versionOf(name: string): Promise<string> {
  return JSON.parse(await readFile(join(ROOT, "node_modules", name, "package.json"), "utf8")).version;
}
