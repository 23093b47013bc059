// @ts-check
/** Other programs: where they are on PATH, and running one with its output kept for when it fails. */

const { spawn } = require("node:child_process");
const { accessSync, constants, statSync } = require("node:fs");
const path = require("node:path");

const isWindows = process.platform === "win32";
/** npm lets an orderly end take its time, even in the middle of an installation. */
const KILL_AFTER_MS = 2_000;
const EXE = isWindows ? ".exe" : "";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/** @type {number | undefined} */
let exitCodeOfSignal;

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function killTree(child, signal) {
  if (!child.pid || !running.has(child)) return;
  try {
    // A child leads its own process group, so that what it started itself ends with it.
    if (isWindows) spawn("taskkill", ["/T", "/F", "/PID", String(child.pid)], { stdio: "ignore" });
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** @param {import("node:child_process").ChildProcess} child */
function stop(child) {
  killTree(child, "SIGTERM");
  setTimeout(() => killTree(child, "SIGKILL"), KILL_AFTER_MS).unref();
}

for (const [signal, code] of /** @type {const} */ ([
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGTERM", 143],
])) {
  process.on(signal, () => {
    if (running.size === 0) process.exit(code);
    // The lock is held until they have ended: a next set-up must not work beside them.
    exitCodeOfSignal = code;
    for (const child of running) stop(child);
  });
}

/**
 * Never rejects: a program that cannot be started is a failure with the reason as its output.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, shell?: boolean }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
function run(command, args, { timeoutMs, shell = false, ...options } = {}) {
  return new Promise((resolve) => {
    // Node deprecates an argument list together with a shell.
    const [file, list] = shell ? [[command, ...args].join(" "), []] : [command, args];
    const child = spawn(file, list, {
      ...options,
      shell,
      stdio: ["ignore", "pipe", "pipe"],
      detached: !isWindows,
      windowsHide: true,
    });
    running.add(child);
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    const timer = timeoutMs
      ? setTimeout(() => {
          output += `\ngave up after ${timeoutMs / 1000} s\n`;
          stop(child);
        }, timeoutMs)
      : undefined;
    /** @param {boolean} ok */
    const end = (ok) => {
      clearTimeout(timer);
      running.delete(child);
      if (exitCodeOfSignal !== undefined && running.size === 0) process.exit(exitCodeOfSignal);
      resolve({ ok, output });
    };
    child.on("error", (error) => {
      output += `${error.message}\n`;
      end(false);
    });
    child.on("close", (code) => end(code === 0));
  });
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Every executable of that name on PATH, the first to be used first.
 *
 * @param {string} name
 */
function onPath(name) {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  return [...new Set(folders.map((folder) => path.resolve(folder, name + EXE)))].filter(isExecutable);
}

/**
 * For a one-line reason out of a long output: what a program says last is what it died of.
 *
 * @param {string} output
 */
function lastLine(output) {
  return output.trim().split("\n").at(-1)?.trim() || "no output";
}

module.exports = { EXE, isWindows, run, isExecutable, onPath, lastLine };
