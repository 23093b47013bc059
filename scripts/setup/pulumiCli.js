// @ts-check
/**
 * A Pulumi CLI that the tests and the demo can drive: one that is installed, else the official
 * distribution, else one built from source. What was found is written to .setup/pulumi.json.
 */

const { realpathSync } = require("node:fs");
const path = require("node:path");
const { inRepository, write } = require("./files.js");
const { CLI, LANGUAGE_HOST, buildWithGo, builtProgram } = require("./goBuild.js");
const { EXE, isExecutable, lastLine, onPath, run } = require("./process.js");
const { SetupError, did, found } = require("./step.js");

/** The first CLI that goes with the oldest @pulumi/pulumi the package supports. */
const OLDEST = "3.216.0";
const VERSION_TIMEOUT_MS = 60_000;
const DOWNLOAD_TIMEOUT_MS = 120_000;

const inNumericOrder = new Intl.Collator("en", { numeric: true });

/**
 * @param {string} cli
 * @returns {Promise<{ version: string } | { problem: string }>}
 */
async function ask(cli) {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { ok, output } = await run(cli, ["version"], { env, timeoutMs: VERSION_TIMEOUT_MS });
  const version = /^v?(\d+\.\d+\.\d+\S*)\s*$/m.exec(output)?.[1];
  if (!ok || !version) return { problem: `does not answer \`version\`: ${lastLine(output)}` };
  const isTooOld = inNumericOrder.compare(version, OLDEST) < 0;
  return isTooOld ? { problem: `is ${version}, older than ${OLDEST}` } : { version };
}

/** @param {string} cli */
function isFromNpm(cli) {
  // The wrapper of the npm package, which may download at any moment; it has its own turn below.
  return [cli, realpathSync(cli)].some((file) => file.split(path.sep).includes("node_modules"));
}

/** Where the npm package `pulumi` puts the official distribution, and where the Automation API looks. */
function downloadedCli() {
  const { version } = require(inRepository("node_modules", "pulumi", "package.json"));
  const { cacheDir } = require(inRepository("node_modules", "pulumi", "lib", "cache.js"));
  return { version, cli: path.join(cacheDir(version), "bin", `pulumi${EXE}`) };
}

/** @returns {Promise<string | undefined>} why it failed */
async function download() {
  const env = { ...process.env, PULUMI_VERSION: downloadedCli().version };
  const wrapper = inRepository("node_modules", "pulumi", "run.js");
  const options = { env, timeoutMs: DOWNLOAD_TIMEOUT_MS };
  const { ok, output } = await run(process.execPath, [wrapper, "version"], options);
  return ok ? undefined : lastLine(output);
}

/**
 * @param {string} cli
 * @param {import("./step.js").Report} report
 * @returns {Promise<string | null>}
 */
async function languageHostFor(cli, report) {
  const { name } = LANGUAGE_HOST;
  // The one that came with the CLI is of the same version.
  const beside = path.join(path.dirname(realpathSync(cli)), name + EXE);
  const found = [beside, ...onPath(name), builtProgram(LANGUAGE_HOST)].find(isExecutable);
  if (found) return found;
  const build = await buildWithGo(LANGUAGE_HOST, report);
  if ("built" in build) return build.built;
  report.note(build.problem);
  return null;
}

/**
 * @param {import("./step.js").Report} report
 * @returns {Promise<{ cli: string, version: string, how: string, worked: boolean }>}
 */
async function obtain({ note, doing }) {
  /** @type {string[]} */
  const reasons = [];
  /** @param {string} reason */
  const goOn = (reason) => {
    reasons.push(reason);
    note(reason);
  };
  /** @param {string} cli @param {string} how @param {boolean} worked */
  const accept = async (cli, how, worked) => {
    const answer = await ask(cli);
    if ("version" in answer) return { cli, version: answer.version, how, worked };
    goOn(`${cli} ${answer.problem}`);
    return undefined;
  };

  // All that is there already comes ahead of all that takes the network and minutes.
  const installed = onPath("pulumi").filter((cli) => !isFromNpm(cli));
  if (installed.length === 0) reasons.push("no pulumi on PATH");
  const made = [
    { cli: downloadedCli().cli, how: "official distribution" },
    { cli: builtProgram(CLI), how: "built from source" },
  ].filter(({ cli }) => isExecutable(cli));
  for (const { cli, how } of [...installed.map((cli) => ({ cli, how: "on PATH" })), ...made]) {
    const accepted = await accept(cli, how, false);
    if (accepted) return accepted;
  }

  doing("downloading the official distribution");
  const failure = await download();
  if (failure) goOn(`the npm package pulumi could not download the CLI: ${failure}`);
  const downloaded = failure ? undefined : await accept(downloadedCli().cli, "downloaded", true);
  if (downloaded) return downloaded;

  const build = await buildWithGo(CLI, { note, doing });
  if ("problem" in build) reasons.push(build.problem);
  const built = "problem" in build ? undefined : await accept(build.built, "built", true);
  if (built) return built;

  throw new SetupError("there is no usable Pulumi CLI", {
    output: reasons.map((reason) => `- ${reason}`).join("\n"),
    remedy: [
      "One of these three is needed:",
      `- the Pulumi CLI ${OLDEST} or newer on PATH (https://www.pulumi.com/docs/install/);`,
      "- internet access, for the npm package pulumi to download it (try: npx pulumi version);",
      "- Go 1.21 or newer with access to a module proxy, to build it here (https://go.dev/doc/install).",
    ].join("\n"),
  });
}

/** @param {import("./step.js").Report} report */
async function providePulumi(report) {
  const { cli, version, how, worked } = await obtain(report);
  const result = { cli, version, languageHost: await languageHostFor(cli, report) };
  write(inRepository(".setup", "pulumi.json"), `${JSON.stringify(result, null, 2)}\n`);
  const text = `${version} ${how}: ${cli}${result.languageHost ? "" : ", without a Node.js language host"}`;
  return worked ? did(text) : found(text);
}

module.exports = { providePulumi };
