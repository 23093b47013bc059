import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { providerLine } from "../../provider/dynamic/providerLine";

const SDK = join("store", "node_modules", "@pulumi", "pulumi", "cmd", "dynamic-provider", "index.js");

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "egress-line-"));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

test.each([
  ["in the program's folder", [join("shop", "node_modules")]],
  ["in a folder above it", ["node_modules"]],
  ["beside Pulumi's SDK", [join("store", "node_modules")]],
  [
    "in the program's folder rather than beside Pulumi's SDK",
    [join("shop", "node_modules"), join("store", "node_modules")],
  ],
])("finds the package %s", async (_, places) => {
  for (const place of places) await install(place);
  expect(await found()).toBe(places[0]);
});

test("reports the missing module if the package is in neither", async () => {
  await expect(found()).rejects.toThrow("Cannot find module 'pulumi-aws-egress/handlers'");
});

/** A package whose handlers report their location. */
async function install(place: string): Promise<void> {
  const exports = { "./handlers": "./index.js" };
  const folder = join(root, place, "pulumi-aws-egress");
  await write(join(folder, "package.json"), JSON.stringify({ name: "pulumi-aws-egress", exports }));
  await write(join(folder, "index.js"), `exports.egressRule = ${JSON.stringify(place)};`);
}

/** Evaluates the line in a process started like the engine's, in the program's folder. */
async function found(): Promise<string> {
  const requireFromString = require.resolve("require-from-string");
  const line = JSON.stringify(providerLine("egressRule"));
  await write(
    join(root, SDK),
    `console.log(require(${JSON.stringify(requireFromString)})(${line}).handler());`,
  );
  const cwd = join(root, "shop");
  await mkdir(cwd, { recursive: true });
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, SDK)], { cwd });
  return stdout.trim();
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
