import { tool } from "./tool";

/** A package manager, in one of its ways to lay packages out. */
export interface Manager {
  /** Its program, and what it is to do; the program of a tool is looked for only when it is needed. */
  readonly install: () => readonly [string, ...string[]];
  /** What it reads beside package.json. */
  readonly files?: (of: Files) => { readonly [name: string]: string };
  /** How a member of a workspace asks for another. */
  readonly member?: string;
}

export interface Files {
  readonly members: readonly string[];
  /** Where packages come from that no registry has. */
  readonly overrides: { readonly [name: string]: string };
}

export const npm = manageByNpm();
export const npmLinked = manageByNpm("--install-strategy=linked");
export const pnpm = manageByPnpm(".bin", "pnpm");
export const pnpm10 = manageByPnpm("pnpm10", "bin", "pnpm.cjs");
export const yarn = manageByYarn("node-modules");
export const yarnPnp = manageByYarn("pnp");
export const bun: Manager = {
  install: () => [tool(".bin", "bun"), "install"],
  member: "workspace:*",
};

/** As a project is that says what pnpm is to hoist. */
export function withSettings(manager: Manager, settings: object): Manager {
  return { ...manager, files: (of) => pnpmWorkspace(of, settings) };
}

function manageByNpm(...options: string[]): Manager {
  return { install: () => ["npm", "install", "--prefer-offline", "--no-audit", "--no-fund", ...options] };
}

function manageByPnpm(...path: string[]): Manager {
  return {
    install: () => [tool(...path), "install", "--no-frozen-lockfile"],
    files: (of) => pnpmWorkspace(of),
    member: "workspace:*",
  };
}

/** JSON is YAML, too. */
function pnpmWorkspace({ members, overrides }: Files, settings: object = {}) {
  // That no dependency is built here is meant.
  const always = { packages: [".", ...members], overrides, strictDepBuilds: false };
  return { "pnpm-workspace.yaml": JSON.stringify({ ...always, ...settings }) };
}

function manageByYarn(nodeLinker: string): Manager {
  const settings = { nodeLinker, enableTelemetry: false, enableImmutableInstalls: false };
  return {
    install: () => [tool(".bin", "yarn"), "install"],
    // Where its lock file is, a project begins.
    files: () => ({ ".yarnrc.yml": JSON.stringify(settings), "yarn.lock": "" }),
    member: "workspace:*",
  };
}
