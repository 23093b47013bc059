import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CONFIGURATION_KEYS } from "../../provider/ec2/settings/configurationKeys";
import { readSettings } from "../../provider/ec2/settings/settings";
import { ROOT } from "../setup";

const { honoured, harmless, refused } = CONFIGURATION_KEYS;
/** Only in version 6 of `@pulumi/aws`. */
const OF_OLDER = ["assumeRole"];

/** The keys that the installed `@pulumi/aws` reads from a stack's configuration. */
function keysOfPulumiAws(): string[] {
  const declarations = readFileSync(require.resolve("@pulumi/aws/config/vars.d.ts"), "utf8");
  return [...declarations.matchAll(/^export declare const (\w+):/gm)].map(([, key = ""]) => key);
}

test("every configuration key of @pulumi/aws, and no other, is honored, harmless or refused", () => {
  const keys = keysOfPulumiAws();
  expect(keys.length).toBeGreaterThan(30);
  const classed = [...honoured, ...harmless, ...Object.keys(refused)];
  expect(classed.sort()).toEqual([...keys, ...OF_OLDER].sort());
});

test("the package reads exactly the keys that it honors or refuses", () => {
  const read = new Set<string>();
  readSettings((key) => {
    read.add(key);
    return key === "aws:accessKey" || key === "aws:secretKey" ? "given" : undefined;
  });
  const ofAws = [...read].filter((key) => key.startsWith("aws:")).map((key) => key.slice("aws:".length));
  expect(ofAws.sort()).toEqual([...honoured, ...Object.keys(refused)].sort());
});

test("the docs list each key in its class", () => {
  const page = readFileSync(join(ROOT, "docs", "reference", "configuration.md"), "utf8");
  const keysUnder = (heading: string) => {
    const [, section = ""] = page.split(`## ${heading}\n`);
    const rows = section.split("\n## ")[0]?.match(/^\| `.*$/gm) ?? [];
    return rows.flatMap((row) =>
      [...(row.split("|")[1] ?? "").matchAll(/`aws:(\w+)`/g)].map(([, key]) => key),
    );
  };
  expect(keysUnder("Honored").sort()).toEqual([...honoured].sort());
  expect(keysUnder("Ignored").sort()).toEqual([...harmless].sort());
  expect(keysUnder("Refused").sort()).toEqual(Object.keys(refused).sort());
});
