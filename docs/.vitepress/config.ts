import { existsSync } from "node:fs";
import { dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type MarkdownOptions } from "vitepress";
import llms from "vitepress-plugin-llms";
import { sidebar } from "./sidebar";

const DOCS = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const REPOSITORY = "https://github.com/pulumi-aws-egress/pulumi-aws-egress";

/** The site from the Markdown files that GitHub shows, too: a link that leads nowhere fails the build. */
export default defineConfig({
  title: "pulumi-aws-egress",
  description: "Declare what may leave your AWS security groups, with Pulumi and TypeScript",
  cleanUrls: true,
  rewrites: (page) => page.replace(/README\.md$/, "index.md"),
  markdown: { config: withOurLinks },
  vite: {
    plugins: [llms({ domain: "", generateLLMsFullTxt: true })],
    build: { chunkSizeWarningLimit: 2000 },
  },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { text: "Guides", link: "/guides/first-policy", activeMatch: "/guides/" },
      { text: "Reference", link: "/reference/resources", activeMatch: "/reference/" },
      { text: "Explanation", link: "/explanation/architecture", activeMatch: "/explanation/" },
    ],
    sidebar: sidebar(join(DOCS, "README.md")),
    socialLinks: [{ icon: "github", link: REPOSITORY }],
    editLink: { pattern: `${REPOSITORY}/edit/main/docs/:path` },
  },
});

/** Has links to files that are no pages lead to the repository, and diagrams drawn. */
function withOurLinks(md: Parameters<NonNullable<MarkdownOptions["config"]>>[0]): void {
  md.core.ruler.push("links", (state) => {
    const links = state.tokens
      .flatMap(({ children }) => children ?? [])
      .filter(({ type }) => type === "link_open");
    for (const link of links) {
      const href = link.attrGet("href");
      if (href && !/^([a-z]+:|#|\/)/.test(href))
        link.attrSet("href", linkOf(href, dirname(state.env.realPath ?? state.env.path)));
    }
  });
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, at, ...others) =>
    tokens[at]?.info === "mermaid"
      ? `<Mermaid code="${encodeURIComponent(tokens[at].content)}" />`
      : (fence?.(tokens, at, ...others) ?? "");
}

function linkOf(href: string, folder: string): string {
  const [path = "", heading] = href.split("#");
  const target = resolve(folder, decodeURIComponent(path));
  const hash = heading === undefined ? "" : `#${heading}`;
  const inDocs = !relative(DOCS, target).startsWith("..");
  if (inDocs && extname(target) === ".md") return path.replace(/README\.md$/, "index.md") + hash;
  // What is nowhere stays, and fails the build.
  return existsSync(target) ? `${REPOSITORY}/blob/main/${relative(join(DOCS, ".."), target)}${hash}` : href;
}
