import { ROOT } from "../setup";
import { endpoint } from "../world";
import { makeCli, withLanguageHost } from "./cli";

// Another test covers the examples.
withLanguageHost("the root project is created, stays unchanged and is deleted", async () => {
  const { groupIds } = await endpoint.makeNetwork();
  const cli = await makeCli(ROOT, endpoint, { securityGroupId: groupIds[0] });
  try {
    expect(await cli.pulumi("up", "--yes", "--skip-preview")).toMatch(/\+ 4 created/);
    expect(await endpoint.rules(groupIds[0])).toHaveLength(4);
    expect(await cli.pulumi("preview", "--expect-no-changes")).toMatch(/4 unchanged/);
    await cli.pulumi("destroy", "--yes", "--skip-preview");
    expect(await endpoint.rules(groupIds[0])).toMatchObject([{ IpProtocol: "-1" }]);
  } finally {
    await cli.remove();
  }
});
