import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { ROOT } from "../setup";
import { withLanguageHost } from "./cli";
import { makeStackFolder } from "./stackFolder";

const PAGE = join(ROOT, "docs", "guides", "from-everything-to-a-policy.md");

/** A piece of the page: a command with the excerpt of its output, or a program's text. */
type Piece = { readonly command: string; readonly shown: string[] } | { readonly program: string };

function piecesOf(page: string): Piece[] {
  const pieces: Piece[] = [];
  for (const [, kind, body = ""] of page.matchAll(/^```(console|ts)\n([\s\S]*?)^```$/gm)) {
    if (kind === "ts") pieces.push({ program: body });
    if (kind !== "console") continue;
    for (const asked of body.split(/^\$ /m).slice(1)) {
      const [command = "", ...shown] = asked.trimEnd().split("\n");
      pieces.push({ command, shown: shown.map((line) => line.trim()) });
    }
  }
  return pieces;
}

/** Ids differ each time. */
const withoutIds = (text: string) => text.replace(/\b(sgr|sg|pl)-[0-9a-f]{17}\b/g, "$1-…");

/** The endpoint that `npm run endpoint` starts after the set-up, and the environment that it prints. */
async function startShown() {
  const child = spawn(process.execPath, ["--import", "tsx", join(ROOT, "scripts", "endpoint.ts")], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const env: Record<string, string> = {};
  await new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The endpoint has ended with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [, name = "", value = ""] = /^export (\w+)=(.*)$/.exec(line) ?? [];
      if (name === "") resolve();
      else env[name] = value;
    });
  });
  return {
    env,
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function run(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  // As the package manager finds it in a project with the package.
  const npx = `npx() { shift; "${process.execPath}" "${join(ROOT, "dist", "cli", "index.js")}" "$@"; }`;
  const { stdout, stderr } = await promisify(execFile)("bash", ["-c", `${npx}\n${command}`], {
    cwd,
    env,
    timeout: 60_000,
  });
  return stdout + stderr;
}

withLanguageHost(
  "every command of the page on going from everything to a policy does what the page shows",
  async () => {
    const endpoint = await startShown();
    const { folder, env, remove } = await makeStackFolder({ project: "shop", name: "dev", config: {} });
    try {
      cpSync(join(ROOT, "examples", "quickstart", "tsconfig.json"), join(folder, "tsconfig.json"));
      writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "shop", main: "index.ts" }));
      writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
      const all = {
        ...process.env,
        ...env,
        ...endpoint.env,
        PULUMI_STACK: "dev",
        PULUMI_OPTION_NON_INTERACTIVE: "true",
      };
      let file = "";
      const pieces = piecesOf(readFileSync(PAGE, "utf8"));
      expect(pieces.length).toBeGreaterThan(10);
      for (const piece of pieces) {
        if ("program" in piece) {
          expect(withoutIds(readFileSync(join(folder, file), "utf8"))).toContain(
            withoutIds(piece.program).trimEnd(),
          );
          continue;
        }
        file = /--out (\S+)/.exec(piece.command)?.[1] ?? file;
        let rest = withoutIds(await run(piece.command, folder, all));
        for (const line of piece.shown.map(withoutIds)) {
          expect(rest).toContain(line);
          rest = rest.slice(rest.indexOf(line) + line.length);
        }
      }
    } finally {
      await remove();
      await endpoint.stop();
    }
  },
  300_000,
);
