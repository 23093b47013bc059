// @ts-check
/** The locked npm dependencies, and this package among them under its own name. */

const { realpathSync, rmSync, symlinkSync } = require("node:fs");
const { fingerprint, inRepository, readIfThere, root, write } = require("./files.js");
const { isWindows, run } = require("./process.js");
const { SetupError, did, found } = require("./step.js");

const lockFile = inRepository("package-lock.json");
/** Inside node_modules, so that it goes when they go. */
const stamp = inRepository("node_modules", ".package-lock.sha256");

/** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean }>} Packages */

/**
 * @param {string} file
 * @returns {Packages | undefined}
 */
function packagesIn(file) {
  try {
    return JSON.parse(readIfThere(file) ?? "").packages;
  } catch {
    return undefined;
  }
}

/**
 * npm keeps a record of what it installed, written when it is done. It tells an installation that was
 * broken off, and one that somebody made with `npm ci` by hand, which bears no stamp.
 */
function isRecordedAsLocked() {
  const locked = packagesIn(lockFile);
  const installed = packagesIn(inRepository("node_modules", ".package-lock.json"));
  if (!locked || !installed) return false;
  const { "": _root, ...wanted } = locked;
  return (
    Object.keys(installed).every((name) => name in wanted) &&
    Object.entries(wanted).every(([name, { version, integrity, optional }]) => {
      const there = installed[name];
      // Optional ones are mostly binaries for other platforms.
      if (!there) return optional;
      return there.version === version && (!integrity || there.integrity === integrity);
    })
  );
}

/** @param {import("./step.js").Report} report */
async function installDependencies({ doing }) {
  const now = fingerprint([lockFile]);
  // The record alone is not enough: `npm install --package-lock-only` rewrites it and installs nothing.
  const isStampedAsLocked = (readIfThere(stamp) ?? now) === now;
  if (!isStampedAsLocked || !isRecordedAsLocked()) {
    doing("npm ci");
    rmSync(stamp, { force: true });
    // Asked for by name, because NODE_ENV=production leaves the development dependencies out.
    const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
    const { ok, output } = await run("npm", args, { cwd: root, shell: isWindows });
    if (!ok) {
      throw new SetupError("npm ci did not succeed", {
        output,
        remedy:
          "Check the network and npm's registry settings; if the lock file is at fault, run npm install.",
      });
    }
    write(stamp, now);
    return did("installed from package-lock.json");
  }
  write(stamp, now);
  return found("as locked");
}

async function linkPackage() {
  const name = JSON.parse(readIfThere(inRepository("package.json")) ?? "{}").name;
  const link = inRepository("node_modules", name);
  try {
    if (realpathSync(link) === realpathSync(root)) return found(`node_modules/${name}`);
  } catch {
    // Missing or dangling: made anew below.
  }
  try {
    rmSync(link, { recursive: true, force: true });
    // Relative, so that it survives moving the clone; a junction can only be absolute.
    if (isWindows) symlinkSync(root, link, "junction");
    else symlinkSync("..", link, "dir");
  } catch (error) {
    throw new SetupError(`could not link node_modules/${name} to the repository: ${error}`, {
      remedy: "The clone has to be on a file system with symbolic links that you may write to.",
    });
  }
  return did(`node_modules/${name} linked to the repository`);
}

module.exports = { installDependencies, linkPackage };
