import { readFile } from "node:fs/promises";

/** The networks of the partners, one a line. */
export const partners = (await readFile(new URL("partners.txt", import.meta.url), "utf8")).trim().split("\n");
