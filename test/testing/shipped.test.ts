import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../setup";

const exec = promisify(execFile);

test("needs neither jest nor the AWS SDK", async () => {
  const script =
    'require("pulumi-aws-egress/testing"); console.log(JSON.stringify(Object.keys(require.cache)))';
  const { stdout } = await exec(process.execPath, ["-e", script], { cwd: ROOT });
  const loaded: string[] = JSON.parse(stdout);
  expect(loaded.filter((path) => path.endsWith(join("dist", "testing", "index.js")))).toHaveLength(1);
  expect(loaded.filter((path) => /node_modules.(@aws-sdk|@smithy|@jest|jest|expect)/.test(path))).toEqual([]);
});

// Examples use the newer resolution; this one, from older `pulumi new` projects, ignores `exports`.
test("its types work in a project without jest that resolves as node10", async () => {
  const folder = await mkdtemp(join(tmpdir(), "egress-testing-"));
  try {
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
    await writeFile(
      join(folder, "index.ts"),
      `import { egressMatchers, recordEgress } from "pulumi-aws-egress/testing";
       export const isAllowed = async (): Promise<boolean> =>
         egressMatchers.toAllow(await recordEgress().rules(), { protocol: "tcp", port: 443, to: "::1" }).pass;`,
    );
    const compilerOptions = {
      target: "ES2022",
      lib: ["ES2022"],
      module: "commonjs",
      moduleResolution: "node10",
      strict: true,
      noEmit: true,
      types: [],
    };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
    const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    const { stdout } = await exec(process.execPath, [tsc, "-p", folder]).catch((error) => error);
    expect(stdout).toBe("");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
