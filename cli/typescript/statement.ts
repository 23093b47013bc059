import type { Expression } from "./expression";
import { flatText, layout, opened } from "./layout";
import { text } from "./literal";

const WIDTH = 80;

/** Imports names from a package, in the order of the alphabet. */
export function importStatement(names: Iterable<string>, from: string): string {
  const sorted = [...names].sort((one, other) => one.localeCompare(other, "en"));
  const flat = `import { ${sorted.join(", ")} } from "${from}";`;
  if (flat.length <= WIDTH) return flat;
  return ["import {", ...sorted.map((name) => `  ${name},`), `} from "${from}";`].join("\n");
}

/** Gives a name to a value. */
export function constStatement(name: string, value: Expression): string {
  const head = `const ${name} = `;
  return `${head}${layout(value, { indent: "", column: head.length, after: 1 })};`;
}

/** Makes a resource; its arguments are a record that is always open, as people write it. */
export function newStatement(type: string, name: string, args: Expression): string {
  const head = `new ${type}(${flatText(text(name))}, `;
  if (head.length + 1 <= WIDTH) return `${head}${opened(args, "")});`;
  return [`new ${type}(`, `  ${flatText(text(name))},`, `  ${opened(args, "  ")},`, ");"].join("\n");
}
