import { tool } from "./tool";

/** A package manager with one of its layouts. */
export interface Manager {
  /** Its program and arguments; a tool's program is located only when needed. */
  readonly install: () => readonly [string, ...string[]];
  /** The files that it reads beside package.json. */
  readonly files?: (of: Files) => { readonly [name: string]: string };
  /** How one workspace member depends on another. */
  readonly member?: string;
}

export interface Files {
  readonly members: readonly string[];
  /** Where packages outside the registry come from. */
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

/** A project that tells pnpm what to hoist. */
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

/** JSON is valid YAML. */
function pnpmWorkspace({ members, overrides }: Files, settings: object = {}) {
  // No dependency is built here, on purpose.
  const always = { packages: [".", ...members], overrides, strictDepBuilds: false };
  return { "pnpm-workspace.yaml": JSON.stringify({ ...always, ...settings }) };
}

function manageByYarn(nodeLinker: string): Manager {
  const settings = { nodeLinker, enableTelemetry: false, enableImmutableInstalls: false };
  return {
    install: () => [tool(".bin", "yarn"), "install"],
    // The lock file marks the root of a project.
    files: () => ({ ".yarnrc.yml": JSON.stringify(settings), "yarn.lock": "" }),
    member: "workspace:*",
  };
}
