// @ts-check
/** The Pulumi CLI built from source, for machines that reach a Go module proxy but not Pulumi's downloads. */

const { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { inRepository } = require("./files.js");
const { EXE, isWindows, lastLine, run } = require("./process.js");

const MODULE = "github.com/pulumi/pulumi/pkg/v3";
/** Empty unless the linker sets it, and then the Automation API refuses the CLI. */
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

function lockedVersion() {
  const version = new RegExp(`${MODULE} v(\\S+)`).exec(readFileSync(inRepository("tools", "go.mod"), "utf8"));
  if (!version) throw new Error(`tools/go.mod does not require ${MODULE}`);
  return version[1];
}

/** Outside the work tree, for all clones of the user: building takes minutes. */
function builtCli() {
  const caches = isWindows
    ? (process.env.LOCALAPPDATA ?? path.join(os.homedir(), "AppData", "Local"))
    : process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache");
  return path.join(caches, "pulumi-aws-egress", `pulumi-${lockedVersion()}`, `pulumi${EXE}`);
}

/**
 * @param {import("./step.js").Report} report
 * @returns {Promise<{ cli: string } | { problem: string }>}
 */
async function buildWithGo({ note, doing }) {
  const go = await run("go", ["version"]);
  if (!go.ok) return { problem: `no working Go to build the CLI with: ${lastLine(go.output)}` };

  const version = lockedVersion();
  const cli = builtCli();
  note(`building the CLI ${version} from source with Go; this takes about 5 minutes, once`);
  doing("go build");
  // With -mod=mod Go completes go.mod and go.sum; in a copy, that leaves the work tree clean.
  const folder = mkdtempSync(path.join(os.tmpdir(), "pulumi-aws-egress-"));
  try {
    cpSync(inRepository("tools"), folder, { recursive: true });
    mkdirSync(path.dirname(cli), { recursive: true });
    const unfinished = `${cli}.${process.pid}`;
    const flags = ["-ldflags", `-X ${VERSION_VARIABLE}=v${version}`, "-o", unfinished];
    const { ok, output } = await run("go", ["build", ...flags, `${MODULE}/cmd/pulumi`], {
      cwd: folder,
      env: { ...process.env, GOFLAGS: "-mod=mod", GOWORK: "off" },
    });
    if (!ok) {
      rmSync(unfinished, { force: true });
      const said = output.replace(/^go: (downloading|finding|found|added) .*\n/gm, "").trim();
      return { problem: `go build failed:\n${said}` };
    }
    renameSync(unfinished, cli);
    return { cli };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

module.exports = { builtCli, buildWithGo };
