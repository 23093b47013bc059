import { execFile } from "node:child_process";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../setup";

export const exec = promisify(execFile);

/** What a test file works in: it goes with the file. */
export let scratch: string;

beforeAll(async () => {
  // Without links on the way, as a process knows the folder that it runs in.
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

/** Packs a package as for the registry; this one, unless another folder is given. */
export async function pack(folder = ROOT): Promise<Packed> {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", scratch];
  const { stdout } = await exec("npm", args, { cwd: folder });
  const [{ filename, files }]: [{ filename: string; files: { path: string }[] }] = JSON.parse(stdout);
  return { tarball: join(scratch, filename), files: files.map(({ path }) => path) };
}
