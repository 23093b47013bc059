// @ts-check
/** The EC2 endpoint of the tests: a virtual environment with the Python packages it is made of. */

const { existsSync, rmSync } = require("node:fs");
const path = require("node:path");
const { fingerprint, inRepository, readIfThere, write } = require("./files.js");
const { isWindows, lastLine, run } = require("./process.js");
const { SetupError, did, found } = require("./step.js");

const OLDEST_MINOR = 9;
const requirements = inRepository("test", "ec2", "requirements.txt");
const environment = inRepository(".venv");
const stamp = path.join(environment, ".requirements.sha256");
const python = isWindows
  ? path.join(environment, "Scripts", "python.exe")
  : path.join(environment, "bin", "python");

/** @type {[command: string, ...args: string[]][]} */
const candidates = isWindows
  ? [["py", "-3"], ["python"]]
  : [["python3.13"], ["python3.12"], ["python3.11"], ["python3.10"], ["python3.9"], ["python3"], ["python"]];

// The version comes first: with ensurepip missing it is still the start of a useful message.
const PROBE = "import sys; print('%d.%d.%d' % sys.version_info[:3]); import venv, ensurepip";

/**
 * Makes the virtual environment with the first Python that can.
 *
 * @returns {Promise<string>} its version
 */
async function makeEnvironment() {
  /** @type {string[]} */
  const reasons = [];
  for (const [command, ...args] of candidates) {
    const probe = await run(command, [...args, "-I", "-c", PROBE]);
    const version = /^3\.(\d+)\.\d+/m.exec(probe.output);
    if (!version) continue;
    if (Number(version[1]) < OLDEST_MINOR) {
      reasons.push(`${command} is ${version[0]}, older than 3.${OLDEST_MINOR}`);
    } else if (!probe.ok) {
      reasons.push(`${command} (${version[0]}) is without venv or ensurepip: ${lastLine(probe.output)}`);
    } else {
      rmSync(environment, { recursive: true, force: true });
      const made = await run(command, [...args, "-I", "-m", "venv", environment]);
      if (made.ok) return version[0];
      reasons.push(`${command} (${version[0]}) could not make ${environment}: ${lastLine(made.output)}`);
    }
  }
  throw new SetupError(`no Python 3.${OLDEST_MINOR} or newer with venv and ensurepip`, {
    output: reasons.map((reason) => `- ${reason}`).join("\n"),
    remedy: `Install Python 3.${OLDEST_MINOR} or newer; on Debian and Ubuntu: apt install python3 python3-venv.`,
  });
}

/** @param {import("./step.js").Report} report */
async function provideEc2Endpoint({ doing }) {
  if (!existsSync(requirements)) {
    throw new SetupError("test/ec2/requirements.txt is missing", {
      remedy: "It is part of the repository: restore it with git checkout test/ec2/requirements.txt.",
    });
  }
  // The scripts inside a virtual environment name its path: one that was moved has to be made anew.
  const now = fingerprint([requirements], environment);
  if (readIfThere(stamp) === now) {
    // pip is found only where the environment still fits its Python, which the system may have replaced.
    const { ok } = await run(python, ["-I", "-c", "import pip"]);
    if (ok) return found(".venv as required");
  }
  doing("making .venv");
  const version = await makeEnvironment();
  doing("pip install");
  const install = ["-I", "-m", "pip", "install", "--disable-pip-version-check", "-r", requirements];
  const { ok, output } = await run(python, install);
  if (!ok) {
    throw new SetupError("pip could not install test/ec2/requirements.txt", {
      output,
      remedy: "Check the network and pip's index settings, then run this again.",
    });
  }
  write(stamp, now);
  return did(`.venv made with Python ${version}`);
}

module.exports = { provideEc2Endpoint };
