import { readFileSync } from "node:fs";
import { PICTURE, picture } from "../../scripts/picture";
import { endpoint } from "../world";
import { withLanguageHost } from "./cli";

withLanguageHost(
  "the README's picture matches the preview: `npx tsx scripts/picture.ts` draws it",
  async () => {
    expect(await picture(endpoint)).toBe(readFileSync(PICTURE, "utf8"));
  },
);
