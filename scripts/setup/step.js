// @ts-check
/** One step of the set-up: what it prints while it works, when it is done and when it fails. */

const LABEL_WIDTH = 14;
const TICK_MS = 1_000;
/** Without a terminal a long step still has to show some life: CI systems end jobs that stay silent. */
const TICK_MS_WITHOUT_TTY = 60_000;

/**
 * @typedef {object} Report
 * @property {(text: string) => void} note prints a line of its own
 * @property {(text: string) => void} doing names what takes the time from now on
 *
 * @typedef {object} Outcome
 * @property {string} text
 * @property {boolean} worked
 */

/** A failure that the person running the set-up can do something about. */
class SetupError extends Error {
  /**
   * @param {string} what what failed, in one line
   * @param {{ output?: string, remedy: string }} details
   */
  constructor(what, { output = "", remedy }) {
    super(what);
    this.output = output.trimEnd();
    this.remedy = remedy;
  }
}

/** @param {string} text @returns {Outcome} */
const found = (text) => ({ text, worked: false });

/** @param {string} text @returns {Outcome} */
const did = (text) => ({ text, worked: true });

const isTerminal = Boolean(process.stdout.isTTY);
const clearLine = isTerminal ? "\r\x1b[K" : "";

/** @param {string} label @param {string} text */
function print(label, text) {
  process.stdout.write(`${clearLine}setup  ${label.padEnd(LABEL_WIDTH)}${text}\n`);
}

/** @param {number} since */
function elapsed(since) {
  return (performance.now() - since) / 1000;
}

/**
 * @param {string} label
 * @param {(report: Report) => Promise<Outcome | undefined>} work prints no line of its own without an outcome
 */
async function step(label, work) {
  const started = performance.now();
  let activity = "";
  const tick = () => {
    const text = `${activity} ${elapsed(started).toFixed(0)} s`;
    if (isTerminal) process.stdout.write(`${clearLine}setup  ${label.padEnd(LABEL_WIDTH)}${text}`);
    else print(label, text);
  };
  const ticker = setInterval(tick, isTerminal ? TICK_MS : TICK_MS_WITHOUT_TTY);
  try {
    const outcome = await work({
      note: (text) => print(label, text),
      doing: (text) => {
        activity = `${text} ...`;
      },
    });
    if (!outcome) return;
    print(label, outcome.worked ? `${outcome.text} (${elapsed(started).toFixed(1)} s)` : outcome.text);
  } catch (error) {
    print(label, `failed: ${error instanceof Error ? error.message : String(error)}`);
    throw error;
  } finally {
    clearInterval(ticker);
  }
}

/** @param {Promise<void>} allSteps */
async function finish(allSteps) {
  const started = performance.now();
  try {
    await allSteps;
    print("ready", `in ${elapsed(started).toFixed(1)} s`);
  } catch (error) {
    if (error instanceof SetupError) {
      if (error.output) console.error(`\n${error.output}`);
      console.error(`\n${error.remedy}`);
    } else {
      console.error(error);
    }
    process.exitCode = 1;
  }
}

module.exports = { SetupError, step, found, did, finish };
