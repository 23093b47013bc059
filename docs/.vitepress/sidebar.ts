import { readFileSync } from "node:fs";
import type { DefaultTheme } from "vitepress";

/** The sidebar, from the index: each of its headings, and the pages in the table below it. */
export function sidebar(index: string): DefaultTheme.SidebarItem[] {
  const [, ...sections] = readFileSync(index, "utf8").split(/^## /m);
  return sections.map((section) => ({
    text: section.slice(0, section.indexOf("\n")),
    items: [...section.matchAll(/^\| \[([^\]]+)\]\(([^)]+)\.md\)/gm)].map(([, text = "", link = ""]) => ({
      text: text.replaceAll("`", ""),
      link: `/${link.replace(/README$/, "")}`,
    })),
  }));
}
