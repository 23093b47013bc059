import { FORMS } from "../../cli/generate/declarationOf";
import { endpoint } from "../world";
import { filledGroups, roundTrip } from "./generate";

test.each(FORMS.filter((form) => form !== "policy"))(
  "up of what is generated as %s leaves the rules as they are, and the next preview is empty",
  async (form) => {
    const groups = await filledGroups(endpoint, 2);
    const { up, preview } = await roundTrip(endpoint, groups, "--as", form);
    expect(up.ok).toBe(true);
    expect(preview.changes).toEqual({ same: preview.changes.same });
  },
);
