import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeCli, withLanguageHost } from "../engine/cli";
import { ROOT } from "../setup";
import { endpoint } from "../world";
import { bunRuntime } from "./bunRuntime";
import { bun } from "./managers";
import { exec, pack, scratch } from "./packed";
import { versionOf } from "./project";

withLanguageHost(
  "the example for Bun goes up and down, with Bun as package manager and runtime",
  async () => {
    const project = join(scratch, "example");
    await cp(join(ROOT, "examples", "bun"), project, { recursive: true });
    const manifest = JSON.parse(await readFile(join(project, "package.json"), "utf8"));
    manifest.dependencies = {
      "@pulumi/pulumi": await versionOf("@pulumi/pulumi"),
      "pulumi-aws-egress": `file:${(await pack()).tarball}`,
    };
    await writeFile(join(project, "package.json"), JSON.stringify(manifest));
    const [command, ...args] = bun.install();
    await exec(command, args, { cwd: project });

    const { groupIds } = await endpoint.makeNetwork();
    const config = { securityGroupId: groupIds[0] };
    const cli = await makeCli(project, endpoint, config, { env: await bunRuntime() });
    const destinations = async () =>
      (await endpoint.rules(groupIds[0])).map(({ CidrIpv4 }) => CidrIpv4).sort();
    try {
      await cli.pulumi("up", "--yes", "--skip-preview");
      expect(await destinations()).toEqual(["203.0.113.0/26", "203.0.113.128/26"]);
      await cli.pulumi("destroy", "--yes", "--skip-preview");
      expect(await destinations()).toEqual([]);
    } finally {
      await cli.remove();
    }
  },
  300_000,
);
