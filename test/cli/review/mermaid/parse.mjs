/** Parses diagrams, a JSON list on standard input, as GitHub does; writes how Mermaid reads each one. */
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });

const charts = JSON.parse(readFileSync(0, "utf8"));
const read = [];
for (const chart of charts) {
  const { type, db } = await mermaid.mermaidAPI.getDiagramFromText(chart);
  read.push({
    type,
    nodes: [...db.getVertices().values()].map(({ text, link, classes }) => ({
      text: shown(text),
      link,
      classes,
    })),
    edges: db
      .getEdges()
      .map(({ start, end, text, stroke, style }) => ({ start, end, text: shown(text), stroke, style })),
  });
}
process.stdout.write(JSON.stringify(read));

/** Mermaid marks characters given by number until it draws them. */
function shown(text) {
  return text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));
}
