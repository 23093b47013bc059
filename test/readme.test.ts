import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./setup";

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const README = read("README.md");

test("the README is shorter than 8 KB", () => {
  expect(Buffer.byteLength(README)).toBeLessThan(8192);
});

test("npm can show the README: links and pictures are absolute, and package.json names their repository", () => {
  const links = [...README.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((link) => !link.startsWith("https://"))).toEqual([]);

  const { repository, bugs, homepage } = JSON.parse(read("package.json"));
  const [, ours = ""] = /^git\+(https:\/\/github\.com\/[\w-]+\/[\w-]+)\.git$/.exec(repository.url) ?? [];
  expect([bugs, homepage]).toEqual([`${ours}/issues`, `${ours}#readme`]);
  const pictures = [...README.matchAll(/!\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  const raw = ours.replace("//github.com/", "//raw.githubusercontent.com/");
  expect(pictures).toEqual([`${raw}/main/docs/preview.svg`]);
  expect(links.filter((link) => link.includes("github.com/") && !link.startsWith(`${ours}/`))).toEqual([]);
});

test("the README shows the figures that `npm run bench` measured", () => {
  const [, section = ""] = read("bench/results.md").split("## 200 rules in 4 groups");
  const measured = (way: string) => {
    const row = section.split("\n").find((line) => line.split("|")[2]?.trim() === way);
    const [, , , seconds = "", , calls = ""] = (row ?? "").split("|").map((cell) => cell.trim());
    return { seconds, calls };
  };
  const [set, terraform] = [measured("EgressRuleSet"), measured("terraform")];
  expect(README).toContain(`**${set.calls} calls, ${set.seconds} s** as sets`);
  expect(README).toContain(`${terraform.calls} calls, ${terraform.seconds} s, measured with Terraform`);
});
