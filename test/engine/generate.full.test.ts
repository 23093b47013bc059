import { FORMS } from "../../cli/generate/declarationOf";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { filledGroups, roundTrip } from "./generate";

for (const form of FORMS.filter((one) => one !== "policy")) {
  // Other emulators create a single rule twice, where EC2 answers that it exists.
  const testOf = form === "rules" ? strictly : test;
  testOf(
    `up of a program generated as ${form} leaves the rules unchanged, and the next preview is empty`,
    async () => {
      const groups = await filledGroups(endpoint, 2);
      const { up, preview } = await roundTrip(endpoint, groups, "--as", form);
      expect(up.ok).toBe(true);
      expect(preview.changes).toEqual({ same: preview.changes.same });
    },
  );
}
