import { execFile } from "node:child_process";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../setup";

export const exec = promisify(execFile);

/** A test file's working folder, which is deleted with it. */
export let scratch: string;

beforeAll(async () => {
  // Without links in the path, as a process sees its own folder.
  scratch = await realpath(await mkdtemp(join(tmpdir(), "egress-installed-")));
});
afterAll(async () => {
  await rm(scratch, { recursive: true, force: true });
});

export interface Packed {
  /** The path of the tarball. */
  readonly tarball: string;
  readonly files: readonly string[];
}

/** Packs a package as for the registry; this one by default. */
export async function pack(folder = ROOT): Promise<Packed> {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", scratch];
  const { stdout } = await exec("npm", args, { cwd: folder });
  const [{ filename, files }]: [{ filename: string; files: { path: string }[] }] = JSON.parse(stdout);
  return { tarball: join(scratch, filename), files: files.map(({ path }) => path) };
}
