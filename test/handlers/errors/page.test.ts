import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../setup";
import { LINES } from "./lines";
import { PREVIEW_ERRORS } from "./preview";

const SOURCES = readdirSync(join(ROOT, "provider"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(join(ROOT, "provider", file), "utf8"));

test.each([...PREVIEW_ERRORS, ...LINES])(
  "the package says what docs/reference/errors.md has to be searched for: $says",
  ({ says }) => {
    expect(SOURCES.filter((source) => source.includes(says))).not.toEqual([]);
  },
);
