import { noCounts } from "../../soak/counts";
import { withRecord } from "../../soak/record";

const done = { minutes: 30.01, seed: 7, counts: { ...noCounts(), steps: 1234 } };

test("a soak's results replace the last ones on the page, and nothing else changes", () => {
  const once = withRecord("# Page\n<!-- soak -->\nold\n<!-- /soak -->\nafter\n", done);
  expect(once).toMatch(/^# Page\n<!-- soak -->\n\n`npm run soak -- --minutes 30 --seed 7`:\n/);
  expect(once).toMatch(/\| steps \| 1,234 \|\n[\s\S]*\| differences \| 0 \|\n\n<!-- \/soak -->\nafter\n$/);
  expect(once).not.toContain("old");
  expect(withRecord(once, done)).toBe(once);
});

test("a page without a place for the results is an error", () => {
  expect(() => withRecord("# Page\n", done)).toThrow("The page has no place between");
});
