import { endpoint } from "../world";
import { filledGroups, roundTrip } from "./generate";

test("up of a generated policy creates and revokes nothing, and changes no description or tag; the next preview is empty", async () => {
  const groups = await filledGroups(endpoint, 4);
  const { up, calls, preview } = await roundTrip(endpoint, groups, "--exclusive");
  expect(up.ok).toBe(true);
  expect(Object.keys(calls).sort()).toEqual(
    ["CreateTags", "DescribeManagedPrefixLists", "DescribeSecurityGroupRules"].sort(),
  );
  expect(preview.changes).toEqual({ same: preview.changes.same });
});
