// @ts-check
/** The package compiled into dist/, as examples and the dynamic provider process load it. */

const { existsSync, readdirSync, rmSync } = require("node:fs");
const path = require("node:path");
const { fingerprint, inRepository, readIfThere, root, write } = require("./files.js");
const { run } = require("./process.js");
const { SetupError, did, found } = require("./step.js");

/** Outside dist/, which is published. */
const stamp = inRepository(".setup", "build.sha256");

/** What the compiler reads. The lock file stands for the compiler itself and the types it sees. */
function inputs() {
  const configs = readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name));
  const sources = ["provider", "components", "testing", "cli"].filter((name) =>
    existsSync(inRepository(name)),
  );
  return [
    ...["index.ts", "package-lock.json", ...configs].map((name) => inRepository(name)),
    ...sources.flatMap((name) =>
      readdirSync(inRepository(name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        // Node 20 before 20.12 has only the older name.
        .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)),
    ),
  ].sort();
}

/** @param {import("./step.js").Report} report */
async function compile({ doing }) {
  const now = fingerprint(inputs());
  if (readIfThere(stamp) === now && existsSync(inRepository("dist", "index.js"))) return found("up to date");
  doing("tsc");
  rmSync(stamp, { force: true });
  rmSync(inRepository("dist"), { recursive: true, force: true });
  const tsc = inRepository("node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "-p", "tsconfig.build.json", "--noEmitOnError"];
  const { ok, output } = await run(process.execPath, args, { cwd: root });
  if (!ok) {
    throw new SetupError("the package does not compile", {
      output,
      remedy: "Correct what the compiler reports and run this again.",
    });
  }
  write(stamp, now);
  return did("compiled into dist/");
}

module.exports = { compile };
