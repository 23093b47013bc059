import { isRecord, type UnknownRecord } from "../../provider/rule/record";
import type { Source } from "./model";

/**
 * The line of the program that a resource is made in: the innermost one of the project itself.
 *
 * A component of a package makes its resources in the package's own code, which no reviewer has before them.
 */
export function sourceOf({ sourcePosition, stackTrace }: UnknownRecord): Source | undefined {
  const frames = Array.isArray(stackTrace)
    ? stackTrace.map((frame) => (isRecord(frame) ? frame.sourcePosition : undefined))
    : [];
  for (const position of [sourcePosition, ...frames]) {
    const source = parsePosition(position);
    if (source !== undefined) return source;
  }
  return undefined;
}

/** `project:///index.ts#4,1`: relative to the project's folder, the line, the column. */
function parsePosition(position: unknown): Source | undefined {
  if (typeof position !== "string") return undefined;
  const [, path = "", line = ""] = /^project:\/\/\/([^#]+)#(\d+)(?:,\d+)?$/.exec(position) ?? [];
  const file = decoded(path);
  const isForeign = file === "" || file.startsWith("../") || file.split("/").includes("node_modules");
  return isForeign ? undefined : { file, line: Number(line) };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A name with a plain "%" in it is no encoded one.
    return path;
  }
}
