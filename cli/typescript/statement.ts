import type { Expression } from "./expression";
import { flatText, layout, opened } from "./layout";
import { text } from "./literal";

const WIDTH = 80;

/** An import, with its names in alphabetical order. */
export function importStatement(names: Iterable<string>, from: string): string {
  const sorted = [...names].sort((one, other) => one.localeCompare(other, "en"));
  const flat = `import { ${sorted.join(", ")} } from "${from}";`;
  if (flat.length <= WIDTH) return flat;
  return ["import {", ...sorted.map((name) => `  ${name},`), `} from "${from}";`].join("\n");
}

export function constStatement(name: string, value: Expression): string {
  const head = `const ${name} = `;
  return `${head}${layout(value, { indent: "", column: head.length, after: 1 })};`;
}

/** Creates a resource. Its arguments are always expanded, as people write them. */
export function newStatement(type: string, name: string, args: Expression): string {
  const head = `new ${type}(${flatText(text(name))}, `;
  if (head.length + 1 <= WIDTH) return `${head}${opened(args, "")});`;
  return [`new ${type}(`, `  ${flatText(text(name))},`, `  ${opened(args, "  ")},`, ");"].join("\n");
}
