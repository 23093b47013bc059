// @ts-check
/** Pulumi's programs built from source, for machines that reach a Go module proxy but not Pulumi's downloads. */

const { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { inRepository } = require("./files.js");
const { EXE, isWindows, lastLine, run } = require("./process.js");

/**
 * @typedef {object} Program
 * @property {string} name of the executable
 * @property {string} tools the folder in tools/ whose go.mod says which version
 * @property {string} module
 * @property {string} command its folder in the module
 * @property {string} takes how long building it takes, the first time
 * @property {string[]} [flags] of the linker, before the version
 */

/** @type {Program} */
const CLI = {
  name: "pulumi",
  tools: "cli",
  module: "github.com/pulumi/pulumi/pkg/v3",
  command: "cmd/pulumi",
  takes: "about 5 minutes",
  // Empty unless the linker sets it, and then the Automation API refuses the CLI.
  flags: ["-X", "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v"],
};

/** @type {Program} */
const LANGUAGE_HOST = {
  name: "pulumi-language-nodejs",
  tools: "languageHost",
  module: "github.com/pulumi/pulumi/sdk/v3",
  command: "nodejs/cmd/pulumi-language-nodejs",
  takes: "less than a minute",
};

/** @param {Program} program */
function lockedVersion({ module, tools }) {
  const file = inRepository("tools", tools, "go.mod");
  const version = new RegExp(`${module} v(\\S+)`).exec(readFileSync(file, "utf8"));
  if (!version) throw new Error(`tools/${tools}/go.mod does not require ${module}`);
  return version[1];
}

/**
 * Where a program is once it is built: outside the work tree, for all clones of the user.
 *
 * @param {Program} program
 */
function builtProgram(program) {
  const caches = isWindows
    ? (process.env.LOCALAPPDATA ?? path.join(os.homedir(), "AppData", "Local"))
    : process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache");
  const folder = `${program.name}-${lockedVersion(program)}`;
  return path.join(caches, "pulumi-aws-egress", folder, program.name + EXE);
}

/**
 * @param {Program} program
 * @param {import("./step.js").Report} report
 * @returns {Promise<{ built: string } | { problem: string }>}
 */
async function buildWithGo(program, { note, doing }) {
  const { name, tools, module, command, takes, flags = [] } = program;
  const go = await run("go", ["version"]);
  if (!go.ok) return { problem: `no working Go to build ${name} with: ${lastLine(go.output)}` };

  const version = lockedVersion(program);
  const built = builtProgram(program);
  note(`building ${name} ${version} from source with Go; this takes ${takes}, once`);
  doing("go build");
  // With -mod=mod Go completes go.mod and go.sum; in a copy, that leaves the work tree clean.
  const folder = mkdtempSync(path.join(os.tmpdir(), "pulumi-aws-egress-"));
  try {
    cpSync(inRepository("tools", tools), folder, { recursive: true });
    mkdirSync(path.dirname(built), { recursive: true });
    const unfinished = `${built}.${process.pid}`;
    const linker = flags.length > 0 ? ["-ldflags", flags.join(" ") + version] : [];
    const args = ["build", ...linker, "-o", unfinished, `${module}/${command}`];
    const env = { ...process.env, GOFLAGS: "-mod=mod", GOWORK: "off" };
    const { ok, output } = await run("go", args, { cwd: folder, env });
    if (!ok) {
      rmSync(unfinished, { force: true });
      const said = output.replace(/^go: (downloading|finding|found|added) .*\n/gm, "").trim();
      return { problem: `go build of ${name} failed:\n${said}` };
    }
    renameSync(unfinished, built);
    return { built };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

module.exports = { CLI, LANGUAGE_HOST, builtProgram, buildWithGo };
