// @ts-check
/** The repository's places, and stamps that tell whether work was done for the inputs as they are now. */

const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const path = require("node:path");

const root = path.resolve(__dirname, "..", "..");

/** @param {string[]} parts a path inside the repository */
const inRepository = (...parts) => path.join(root, ...parts);

/**
 * @param {string[]} files
 * @param {string[]} facts whatever else the work depends on
 */
function fingerprint(files, ...facts) {
  const hash = createHash("sha256").update(JSON.stringify(facts));
  for (const file of files) {
    const content = readFileSync(file);
    // With the length ahead, bytes cannot move from one file to the next unnoticed.
    hash.update(`\n${path.relative(root, file)} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** @param {string} file @param {string} content */
function write(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

module.exports = { root, inRepository, fingerprint, readIfThere, write };
