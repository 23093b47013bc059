import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeCli, withLanguageHost } from "../engine/cli";
import { ROOT } from "../setup";
import { endpoint } from "../world";
import { exec, type Packed, pack, scratch } from "./packed";
import { versionOf } from "./project";
import { tool } from "./tool";

let packed: Packed;

beforeAll(async () => {
  packed = await pack();
});

test("the package holds the compiled code, its types, and the usual package files", () => {
  const strangers = packed.files.filter(
    (path) => !/^dist\/(index|provider\/.*|components\/.*|testing\/.*|cli\/.*)\.(js|d\.ts)$/.test(path),
  );
  expect(strangers.sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "package.json"]);
});

test("publint finds no problem in it", async () => {
  const { stdout } = await exec(tool(".bin", "publint"), ["run", packed.tarball, "--strict"]);
  expect(stdout).toContain("All good!");
});

test("its types match its code for every kind of import", async () => {
  // It fails if an entry of the package cannot be imported, or does not match its types.
  const { stdout } = await exec(tool(".bin", "attw"), [packed.tarball, "--format", "ascii"]);
  expect(stdout).toContain("No problems found");
});

withLanguageHost(
  "installed in an empty folder, it works with `pulumi up`",
  async () => {
    const project = join(scratch, "project");
    await cp(join(ROOT, "examples", "quickstart"), project, { recursive: true });
    const manifest = JSON.parse(await readFile(join(project, "package.json"), "utf8"));
    manifest.dependencies = {
      "@pulumi/pulumi": await versionOf("@pulumi/pulumi"),
      "pulumi-aws-egress": `file:${packed.tarball}`,
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
