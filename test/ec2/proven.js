// @ts-check
/** Whether the endpoint's own tests have passed since the endpoint last changed: they tell nothing new until it does. */

const { readdirSync } = require("node:fs");
const path = require("node:path");
const { fingerprint, inRepository, readIfThere, write } = require("../../scripts/setup/files.js");

const stamp = inRepository(".setup", "ec2.sha256");

function now() {
  return fingerprint(readdirSync(__dirname).filter(isPart).sort().map(inFolder));
}

/** @param {string} name */
const isPart = (name) => /\.(py|ts|js|txt)$/.test(name);
/** @param {string} name */
const inFolder = (name) => path.join(__dirname, name);

function endpointIsProven() {
  return process.env.EC2_ENDPOINT === undefined && readIfThere(stamp) === now();
}

/**
 * @param {readonly string[]} passed the files of a run all of whose tests have passed
 * @param {boolean} isWhole whether the run was of whole files
 */
function noteProof(passed, isWhole) {
  const own = readdirSync(__dirname)
    .filter((name) => name.endsWith(".test.ts"))
    .map(inFolder);
  if (isWhole && own.every((file) => passed.includes(file))) write(stamp, now());
}

module.exports = { endpointIsProven, noteProof };
