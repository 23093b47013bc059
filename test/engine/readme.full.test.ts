import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../setup";
import { endpoint } from "../world";
import { makeCli, withLanguageHost } from "./cli";

withLanguageHost("the README's first program previews, reports other rules, and then enforces", async () => {
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  const [, program = ""] = /```ts\n(import [\s\S]*?)```/.exec(readme) ?? [];
  const [, line = ""] = /add the line `(strangers: "report",)` below `securityGroup`/.exec(readme) ?? [];
  const reporting = program.replace(/^( *)securityGroup: .*$/m, `$&\n$1${line}`);
  expect(reporting).toContain('strangers: "report"');

  const { groupIds } = await endpoint.makeNetwork();
  const folder = await makeProject();
  const cli = await makeCli(folder, endpoint, { securityGroupId: groupIds[0] });
  const ports = async () => (await endpoint.rules(groupIds[0])).map(({ ToPort = -1 }) => ToPort).sort();
  try {
    await writeFile(join(folder, "index.ts"), reporting);
    const preview = await cli.pulumi("preview", "--diff");
    expect(preview).toContain("tcp 443 to 203.0.113.0/24");
    expect(preview).toContain("all traffic to 0.0.0.0/0");
    await cli.pulumi("up", "--yes", "--skip-preview");
    expect(await ports()).toEqual([-1, 443, 443, 5432]);

    await writeFile(join(folder, "index.ts"), program);
    await cli.pulumi("up", "--yes", "--skip-preview");
    expect(await ports()).toEqual([443, 443, 5432]);
    await cli.pulumi("destroy", "--yes", "--skip-preview");
  } finally {
    await cli.remove();
    await rm(folder, { recursive: true, force: true });
  }
});

/** The files from `pulumi new typescript`, with this package installed. */
async function makeProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "egress-readme-"));
  const compilerOptions = {
    module: "nodenext",
    moduleResolution: "nodenext",
    strict: true,
    skipLibCheck: true,
  };
  await writeFile(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
  await writeFile(join(folder, "package.json"), '{ "name": "shop", "main": "index.ts" }');
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}
