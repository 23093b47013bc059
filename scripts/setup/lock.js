// @ts-check
/** Keeps a second set-up in the same clone waiting until the first one has ended. */

const { mkdirSync, rmSync, statSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");
const { inRepository, readIfThere } = require("./files.js");
const { SetupError } = require("./step.js");

const lock = inRepository(".setup", "lock");
const owner = path.join(lock, "pid");
const POLL_MS = 250;
/** Long enough for the longest step on a slow machine; a recycled pid must not block for ever. */
const PATIENCE_MS = 30 * 60_000;
/** Between making the folder and writing the pid into it a lock has no owner for an instant. */
const OWNERLESS_MS = 5_000;

function take() {
  try {
    mkdirSync(lock);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
  writeFileSync(owner, String(process.pid));
  process.on("exit", () => rmSync(lock, { recursive: true, force: true }));
  return true;
}

/** @param {string | undefined} pid */
function isStale(pid) {
  try {
    if (!pid) return Date.now() - statSync(lock).mtimeMs > OWNERLESS_MS;
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    // EPERM is an answer from a living process of another user.
    return /** @type {NodeJS.ErrnoException} */ (error).code !== "EPERM";
  }
}

/** @param {import("./step.js").Report} report */
async function holdLock({ note, doing }) {
  mkdirSync(path.dirname(lock), { recursive: true });
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (let waited = false; !take(); waited = true) {
    const pid = readIfThere(owner);
    if (isStale(pid)) {
      rmSync(lock, { recursive: true, force: true });
      continue;
    }
    if (!waited) note(`waiting for the set-up already at work in this clone (process ${pid ?? "unknown"})`);
    doing("waiting");
    if (Date.now() > giveUpAt) {
      throw new SetupError(`another set-up has held ${lock} for too long`, {
        remedy: `If process ${pid} is not a set-up of this clone, remove that folder and run this again.`,
      });
    }
    await sleep(POLL_MS);
  }
  return undefined;
}

module.exports = { holdLock };
