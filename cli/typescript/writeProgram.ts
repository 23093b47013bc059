import { commentLines } from "./comment";
import { declarationSources } from "./declarationSource";
import { call, type Expression } from "./expression";
import { text } from "./literal";
import type { SourceProgram } from "./source";
import { constStatement, importStatement, newStatement } from "./statement";

/** Writes a program, formatted as Prettier's defaults would. */
export function writeProgram(program: SourceProgram): string {
  const { comment = [], names, fromConfig, declarations } = program;
  const resources = declarations.flatMap((declaration) => declarationSources(declaration, names));
  const used = new Set(resources.flatMap(({ type, args }) => [type, ...namesIn(args)]));
  const imports = [
    ...(fromConfig && names.size > 0 ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
    ...(used.size > 0 ? [importStatement(used, "pulumi-aws-egress")] : []),
  ];
  const groups = [...names].map(([id, name]) =>
    constStatement(name, fromConfig ? call("config.require", text(name)) : text(id)),
  );
  if (fromConfig && names.size > 0) groups.unshift(constStatement("config", call("new pulumi.Config")));
  const parts = [
    commentLines(comment),
    imports,
    groups,
    ...resources.map(({ type, name, args, comment: above }) => [
      ...commentLines(above),
      newStatement(type, name, args),
    ]),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** The imported names that an expression uses. */
function namesIn(expression: Expression): string[] {
  switch (expression.kind) {
    case "atom":
      return [];
    case "array":
      return expression.elements.flatMap(namesIn);
    case "object":
      return expression.properties.flatMap(({ value }) => namesIn(value));
    case "call":
      return [expression.callee.split(".")[0] ?? "", ...expression.args.flatMap(namesIn)];
  }
}
