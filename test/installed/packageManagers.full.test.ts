import { makeCli, withLanguageHost } from "../engine/cli";
import { endpoint } from "../world";
import { bunRuntime } from "./bunRuntime";
import { bun, type Manager, npm, pnpm, pnpm10, yarn } from "./managers";
import { pack } from "./packed";
import { BY_TEAM, DIRECTLY, IN_WORKSPACE, makeProject, type Project, type Way } from "./project";

/** With hoisting, it makes no difference how a program gets a package. */
const CASES: readonly [name: string, manager: Manager, ways: readonly Way[]][] = [
  ["npm", npm, [DIRECTLY, BY_TEAM]],
  ["pnpm", pnpm, [DIRECTLY, BY_TEAM, IN_WORKSPACE]],
  ["pnpm 10", pnpm10, [IN_WORKSPACE]],
  ["yarn", yarn, [DIRECTLY, IN_WORKSPACE]],
  ["bun", bun, [DIRECTLY, BY_TEAM, IN_WORKSPACE]],
];

let tarball: string;

beforeAll(async () => {
  ({ tarball } = await pack());
});

for (const [name, manager, ways] of CASES) {
  for (const way of ways) {
    withLanguageHost(
      `installed by ${name} ${way}, it goes up, stays up and comes down`,
      async () => {
        const project = await makeProject(`${name} ${way}`, way, { manager, tarball });
        await project.install();
        await goesUpAndDown(project);
      },
      300_000,
    );
  }
}

withLanguageHost(
  "a program that Bun runs has its resources",
  async () => {
    const options = { manager: bun, tarball, runtime: "bun" };
    const project = await makeProject("run by Bun", IN_WORKSPACE, options);
    await project.install();
    await goesUpAndDown(project, await bunRuntime());
  },
  300_000,
);

async function goesUpAndDown({ program }: Project, env = {}): Promise<void> {
  const { groupIds } = await endpoint.makeNetwork();
  const cli = await makeCli(program, endpoint, { securityGroupId: groupIds[0] }, { env });
  const destinations = async () => (await endpoint.rules(groupIds[0])).map(({ CidrIpv4 }) => CidrIpv4).sort();
  try {
    expect(await cli.pulumi("up", "--yes", "--skip-preview")).toContain("+ 3 created");
    expect(await destinations()).toEqual(["0.0.0.0/0", "10.0.0.0/16", "10.1.0.0/16"]);
    await cli.pulumi("up", "--yes", "--skip-preview", "--refresh", "--expect-no-changes");
    await cli.pulumi("destroy", "--yes", "--skip-preview");
    expect(await destinations()).toEqual(["0.0.0.0/0"]);
  } finally {
    await cli.remove();
  }
}
